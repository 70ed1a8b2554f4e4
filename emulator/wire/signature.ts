import { ApiError } from '../errors.ts';

const signingService = 'partnercentral-selling';

/** The parts of a signature that say whose it is: key, day, region, service and the closing word. */
const scopePattern = /Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/([^/,\s]+)/;

/**
 * Looks whether a request is signed for this service. The signature itself is not computed: any credentials will do
 * here. A request that was signed for another service is the sign of a wrong endpoint, though, and AWS refuses it.
 */
export function checkSignature(authorization: string | undefined): void {
  if (!authorization)
    throw new ApiError('MissingAuthenticationTokenException', 'The request has no Authorization header');
  const scope = scopePattern.exec(authorization);
  const signed = /SignedHeaders=[^,\s]+/.test(authorization) && /Signature=[0-9a-f]+/i.test(authorization);
  if (!/^AWS4-[A-Z0-9-]+\s/.test(authorization) || scope === null || !signed)
    throw new ApiError(
      'IncompleteSignatureException',
      'The Authorization header needs an AWS4 algorithm, a Credential, SignedHeaders and a Signature',
    );
  const [, , , , service, terminator] = scope;
  if (service !== signingService || terminator !== 'aws4_request')
    throw new ApiError(
      'InvalidSignatureException',
      `The credential is scoped to ${service}/${terminator}; this is ${signingService}/aws4_request`,
    );
}
