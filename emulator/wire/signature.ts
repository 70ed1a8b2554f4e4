import { ApiError } from '../errors.ts';

/** The scope of a signature: key, day, region, service and terminator. No part has a `=`, so a repeated start is linear. */
const scopePattern = /Credential=([^/,\s=]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/([^/,\s]+)/;

/** The access key that signed a request; undefined if the header contains none. */
export const accessKeyOf = (authorization: string | undefined): string | undefined =>
  scopePattern.exec(authorization ?? '')?.[1];

/**
 * Checks whether a request is signed for a service, by its signing name. The signature itself is not verified: any credentials work here.
 * A signature for another service, however, indicates a wrong endpoint, and AWS refuses it.
 */
export function checkSignature(authorization: string | undefined, signingName: string): void {
  if (!authorization)
    throw new ApiError('MissingAuthenticationTokenException', 'The request has no Authorization header');
  const scope = scopePattern.exec(authorization);
  const signed = /SignedHeaders=[^,\s]+/.test(authorization) && /Signature=[0-9a-f]+/i.test(authorization);
  if (!/^AWS4-[A-Z0-9-]+\s/.test(authorization) || scope === null || !signed)
    throw new ApiError(
      'IncompleteSignatureException',
      'The Authorization header requires an AWS4 algorithm, a Credential, SignedHeaders and a Signature',
    );
  const [, , , , service, terminator] = scope;
  if (service !== signingName || terminator !== 'aws4_request')
    throw new ApiError(
      'InvalidSignatureException',
      `The credential is scoped to ${service}/${terminator}; this is ${signingName}/aws4_request`,
    );
}
