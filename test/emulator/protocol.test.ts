import { GetOpportunityCommand, ResourceNotFoundException } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, it } from 'vitest';
import { bench, envelope, refusal } from './bench.ts';

const on = bench({ seed: true });
const get = { Catalog: 'Sandbox', Identifier: 'O5000001' };

describe('the envelope: awsJson1_0 over POST, a request id on every answer', () => {
  it('answers the SDK, with a request id in its metadata', async () => {
    const answer = await on.client.send(new GetOpportunityCommand(get));
    expect(answer.Id).toBe('O5000001');
    expect(answer.LastModifiedDate).toBeInstanceOf(Date);
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers in the content type of the protocol', async () => {
    const answer = await on.wire('GetOpportunity', get);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.0');
    expect(answer.headers.get('x-amzn-requestid')).toBeTruthy();
  });

  it('takes the operation as the path too, with application/json', async () => {
    const response = await fetch(`${on.url}/GetOpportunity`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'x' },
      body: JSON.stringify(get),
    });
    expect(await response.json()).toMatchObject({ Id: 'O5000001' });
  });
});

describe('the order of refusals: size, JSON, target, credentials, types, constraints, rules', () => {
  it.each([
    ['a body over one megabyte', 'x'.repeat(1_100_000), {}, 413, 'RequestEntityTooLargeException'],
    ['a body that is no JSON', '{"Catalog":', { authorization: '' }, 400, 'SerializationException'],
    ['a body that is no object', '[]', {}, 400, 'SerializationException'],
    [
      'an operation nobody has',
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
    ['a content type of forms', '{}', { 'content-type': 'text/plain' }, 400, 'UnknownOperationException'],
    ['no credentials', '{}', { authorization: '' }, 403, 'MissingAuthenticationTokenException'],
    ['a number where a text belongs', '{"Catalog":5}', {}, 400, 'SerializationException'],
    ['an empty request', '', {}, 400, 'ValidationException'],
  ])('refuses %s', async (_what, body, headers, status, type) => {
    const answer = await on.wire('GetOpportunity', body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.__type).toBe(`com.amazonaws.partnercentralselling#${type}`);
    expect(answer.headers.get('x-amzn-errortype')).toMatch(new RegExp(`^${type}:`));
    expect(answer.headers.get('x-amzn-requestid')).toBeTruthy();
  });

  it('refuses another method than POST', async () => {
    const response = await fetch(on.url, { headers: envelope('GetOpportunity') });
    expect(await response.json()).toMatchObject({
      __type: expect.stringContaining('UnknownOperationException'),
    });
  });

  it('refuses a catalog that is neither of the two', async () => {
    const { body } = await on.wire('GetOpportunity', { ...get, Catalog: 'Elsewhere' });
    expect(body.ErrorList).toEqual([expect.objectContaining({ FieldName: 'catalog' })]);
  });
});

describe('errors: AWS members, and a status that is contested and therefore a switch', () => {
  const unknown = { Catalog: 'Sandbox', Identifier: 'O1' };

  it('reaches the SDK as the typed exception', async () => {
    const error = await refusal(on.client.send(new GetOpportunityCommand(unknown)));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({ message: expect.stringContaining('O1') });
  });

  it('answers a fault of the caller with 400, or with the status of the model', async () => {
    expect((await on.wire('GetOpportunity', unknown)).status).toBe(400);
    await on.control('POST', 'settings', { httpStatus: 'model' });
    expect((await on.wire('GetOpportunity', unknown)).status).toBe(404);
  });

  it('can leave the message of a validation empty, as is often seen', async () => {
    await on.control('POST', 'settings', { validationMessage: 'empty' });
    const { body } = await on.wire('GetOpportunity', {});
    expect(body.Message).toBe('');
    expect(body.Reason).toBe('REQUEST_VALIDATION_FAILED');
    expect(body.ErrorList).toHaveLength(2);
  });
});
