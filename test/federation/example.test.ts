import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { composeSupergraph, file, ports } from '../../examples/federation/compose.ts';
import type { Data } from '../kit.ts';
import { freePort } from '../redis.ts';

describe('the supergraph example', () => {
  test('the supergraph of the example is up to date with both subgraphs', () => {
    const [partnerCentral, crm] = [ports.partnerCentral, ports.crm].map(
      (port) => `http://127.0.0.1:${port}/graphql`,
    );
    expect(readFileSync(file, 'utf8')).toBe(composeSupergraph(partnerCentral ?? '', crm ?? ''));
  });

  test('the supergraph example starts with one command, answers the query in its README, and exits on SIGTERM', async () => {
    const free = [await freePort(), await freePort(), await freePort()];
    const child = spawn(process.execPath, ['examples/federation/main.ts'], {
      env: { ...process.env, FEDERATION_PORTS: free.join() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    try {
      let output = '';
      for await (const text of child.stdout) {
        output += text;
        if (output.includes('is ready')) break;
      }
      const url = /http:\/\/\S+/.exec(output)?.[0] ?? output;
      const [, command = ''] =
        /```sh\n(curl [^`]*)```/.exec(readFileSync('examples/federation/README.md', 'utf8')) ?? [];
      const here = command.replace('http://127.0.0.1:4010/graphql', url);
      const { stdout } = await promisify(execFile)('sh', ['-c', here]);
      const { data, errors } = JSON.parse(stdout) as Data;
      expect(errors).toBeUndefined();
      expect(data.account.opportunities[0]).toEqual({
        id: 'O5000001',
        project: { title: expect.any(String) },
        lifeCycle: { stage: expect.any(String) },
        forecastQuarter: expect.stringMatching(/^\d{4}-Q[1-4]$/),
      });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await exited).toEqual([0, null]);
  });
});
