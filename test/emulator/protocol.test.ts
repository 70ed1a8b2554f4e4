import { GetOpportunityCommand, ResourceNotFoundException } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { envelope, refusal, signature, testEmulator } from './kit.ts';

const on = testEmulator({ seed: true });
const get = { Catalog: 'Sandbox', Identifier: 'O5000001' };

describe('the protocol: awsJson1_0 over POST', () => {
  test('answers an SDK call, with a request id in its metadata', async () => {
    const answer = await on.client.send(new GetOpportunityCommand(get));
    expect(answer.Id).toBe('O5000001');
    expect(answer.LastModifiedDate).toBeInstanceOf(Date);
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('answers with the content type of awsJson1_0 and a request id', async () => {
    const answer = await on.wire('GetOpportunity', get);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.0');
    expect(answer.headers.get('x-amzn-requestid')).toBeTruthy();
  });

  const byPath = (input: object) =>
    fetch(`${on.url}/GetOpportunity`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: signature() },
      body: JSON.stringify(input),
    });

  test('accepts the operation name as the path, and answers in application/json', async () => {
    const response = await byPath(get);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({ Id: 'O5000001' });
  });

  test('names an error in the header alone if the operation was the path', async () => {
    const response = await byPath({ ...get, Identifier: 'O404' });
    expect(response.headers.get('x-amzn-errortype')).toContain('ResourceNotFoundException');
    expect(Object.keys((await response.json()) as object)).toEqual(['Message']);
  });
});

describe('refusals, in order: size, JSON, target, credentials, types, constraints, rules', () => {
  test.each([
    ['a body over one megabyte', 'x'.repeat(1_100_000), {}, 413, 'RequestEntityTooLargeException'],
    ['a body that is not JSON', '{"Catalog":', { authorization: '' }, 400, 'SerializationException'],
    ['a body that is not an object', '[]', {}, 400, 'SerializationException'],
    [
      'an unknown operation',
      '{}',
      { 'x-amz-target': 'AWSPartnerCentralSelling.Nope' },
      400,
      'UnknownOperationException',
    ],
    [
      'the target of another service',
      '{}',
      { 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      400,
      'UnknownOperationException',
    ],
    ['the content type text/plain', '{}', { 'content-type': 'text/plain' }, 400, 'UnknownOperationException'],
    [
      'JSON nested too deeply',
      `{"A":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
      {},
      400,
      'SerializationException',
    ],
    ['no credentials', '{}', { authorization: '' }, 403, 'MissingAuthenticationTokenException'],
    [
      'half a signature',
      '{}',
      { authorization: 'AWS4-HMAC-SHA256 incomplete' },
      403,
      'IncompleteSignatureException',
    ],
    ['basic authentication', '{}', { authorization: 'Basic YTpi' }, 403, 'IncompleteSignatureException'],
    [
      'a signature for another service',
      '{}',
      { authorization: signature('dynamodb') },
      403,
      'InvalidSignatureException',
    ],
    [
      'another terminator in its signature',
      '{}',
      { authorization: signature('partnercentral-selling', 'aws5_request') },
      403,
      'InvalidSignatureException',
    ],
    ['a number in place of a string', '{"Catalog":5}', {}, 400, 'SerializationException'],
    ['an empty body', '', {}, 400, 'ValidationException'],
  ])('refuses a request with %s', async (_what, body, headers, status, type) => {
    const answer = await on.wire('GetOpportunity', body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.__type).toBe(`com.amazonaws.partnercentralselling#${type}`);
    expect(answer.headers.get('x-amzn-errortype')).toMatch(new RegExp(`^${type}:`));
    expect(answer.headers.get('x-amzn-requestid')).toBeTruthy();
  });

  test.each([
    ['JSON before the target', '{', { 'x-amz-target': 'X.Nope' }, 'SerializationException'],
    [
      'the target before the signature',
      '{}',
      { 'x-amz-target': 'X.Nope', authorization: '' },
      'UnknownOperationException',
    ],
    [
      'the content type before the signature',
      '{}',
      { 'content-type': 'text/plain', authorization: '' },
      'UnknownOperationException',
    ],
    [
      'the signature before types',
      '{"Catalog":5}',
      { authorization: '' },
      'MissingAuthenticationTokenException',
    ],
    ['types before constraints', '{"Catalog":"!","Identifier":5}', {}, 'SerializationException'],
    ['constraints before existence', '{"Catalog":"Sandbox","Identifier":"X"}', {}, 'ValidationException'],
  ])('checks %s', async (_what, body, headers, type) => {
    expect((await on.wire('GetOpportunity', body, headers)).body.__type).toContain(type);
  });

  test('accepts JSON nested a hundred deep, not counting brackets in strings', async () => {
    const text = { ...get, Note: '[{"'.repeat(200), Deep: JSON.parse(`${'['.repeat(98)}${']'.repeat(98)}`) };
    expect((await on.wire('GetOpportunity', text)).status).toBe(200);
  });

  test('refuses methods other than POST', async () => {
    const response = await fetch(on.url, { headers: envelope('GetOpportunity') });
    expect(await response.json()).toMatchObject({
      __type: expect.stringContaining('UnknownOperationException'),
    });
  });

  test('refuses a catalog other than AWS and Sandbox', async () => {
    const { body } = await on.wire('GetOpportunity', { ...get, Catalog: 'Elsewhere' });
    expect(body.ErrorList).toEqual([expect.objectContaining({ FieldName: 'catalog' })]);
  });
});

describe('errors', () => {
  const unknown = { Catalog: 'Sandbox', Identifier: 'O1' };

  test('answers with an error that the SDK throws as its typed exception', async () => {
    const error = await refusal(on.client.send(new GetOpportunityCommand(unknown)));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({ message: expect.stringContaining('O1') });
  });

  test('answers client errors with status 400, or the service model’s with httpStatus: model', async () => {
    expect((await on.wire('GetOpportunity', unknown)).status).toBe(400);
    await on.control('POST', 'settings', { httpStatus: 'model' });
    expect((await on.wire('GetOpportunity', unknown)).status).toBe(404);
  });

  test.each([
    ['qualified', 'com.amazonaws.partnercentralselling#ResourceNotFoundException'],
    ['bare', 'ResourceNotFoundException'],
    ['coral', 'com.amazon.coral.service#ResourceNotFoundException'],
    ['header', undefined],
  ])('names errors in the form %s, which the SDK recognises', async (errorType, type) => {
    await on.control('POST', 'settings', { errorType });
    const { body, headers } = await on.wire('GetOpportunity', unknown);
    expect(body.__type).toBe(type);
    expect(headers.get('x-amzn-errortype')).toMatch(/^ResourceNotFoundException:http/);
    const error = await refusal(on.client.send(new GetOpportunityCommand(unknown)));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
  });

  test('leaves the message of a validation error empty with validationMessage: empty', async () => {
    await on.control('POST', 'settings', { validationMessage: 'empty' });
    const { body } = await on.wire('GetOpportunity', {});
    expect(body.Message).toBe('');
    expect(body.Reason).toBe('REQUEST_VALIDATION_FAILED');
    expect(body.ErrorList).toHaveLength(2);
  });
});

describe('timestamps', () => {
  test.each([
    '2031-05-14T12:00:00Z',
    '2031-05-14t12:00:00.000z',
    '2031-05-14T14:00:00+02:00',
    '2031-05-14T12:00:00.000000000Z',
  ])('reads the timestamp %s as noon UTC', async (AfterLastModifiedDate) => {
    await on.control('PATCH', 'opportunities/O5000001?touch=true', {});
    const { body } = await on.wire('ListOpportunities', {
      Catalog: 'Sandbox',
      LastModifiedDate: { AfterLastModifiedDate },
    });
    expect((body.OpportunitySummaries as unknown[]).length).toBe(1);
  });

  test.each([
    [1_900_000_000],
    ['1900000000'],
    ['2031-05-14'],
    ['Wed, 14 May 2031 12:00:00 GMT'],
    ['2031-02-30T00:00:00Z'],
  ])('refuses the timestamp %s', async (AfterLastModifiedDate) => {
    const { body } = await on.wire('ListOpportunities', {
      Catalog: 'Sandbox',
      LastModifiedDate: { AfterLastModifiedDate },
    });
    expect(body.__type).toContain('SerializationException');
  });

  test.each([
    ['milliseconds', /^2031-05-14T12:00:00\.250Z$/],
    ['seconds', /^2031-05-14T12:00:00Z$/],
    ['nanoseconds', /^2031-05-14T12:00:00\.250\d{6}Z$/],
  ])('writes LastModifiedDate in %s', async (timestamps, form) => {
    await on.control('POST', 'settings', { timestamps });
    await on.control('POST', 'clock', { advanceMs: 250 });
    const { body } = await on.change('O5000001', {});
    expect(body.LastModifiedDate).toMatch(form);
    expect((await on.change('O5000001', {})).status).toBe(200);
  });
});

describe('picklist values', () => {
  test('HTML-encodes picklist values with picklistText: html, and refuses them in that form', async () => {
    await on.change('O5000001', { 'Project.CustomerUseCase': 'Containers & Serverless' });
    await on.control('POST', 'settings', { picklistText: 'html' });
    expect(await on.read('O5000001')).toMatchObject({
      Project: { CustomerUseCase: 'Containers &amp; Serverless' },
    });
    const { body } = await on.change('O5000001', {});
    expect(body.ErrorList).toEqual([
      expect.objectContaining({ Code: 'INVALID_ENUM_VALUE', FieldName: 'project.customerUseCase' }),
    ]);
  });
});
