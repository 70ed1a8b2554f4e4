/** Tokens of an issuer whose keys are in the settings. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** The settings that accept the issuer's tokens, and a way to sign one, for a caller called Ada by default. */
export async function tokens() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const env = {
    AUTH: 'jwt',
    AUTH_JWKS: JSON.stringify({ keys: [await exportJWK(publicKey)] }),
    AUTH_ISSUER: 'i',
    AUTH_AUDIENCE: 'a',
  };
  const bearer = async (scope: string, claims: object = {}, expiresIn = '1m') => {
    const jwt = new SignJWT({ scope, sub: 'ada', iss: 'i', aud: 'a', ...claims });
    const token = await jwt
      .setProtectedHeader({ alg: 'ES256' })
      .setExpirationTime(expiresIn)
      .sign(privateKey);
    return { authorization: `Bearer ${token}` };
  };
  return { env, bearer };
}
