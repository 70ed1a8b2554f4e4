import { request } from 'node:http';

export type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

/** Sends a request with exactly these headers: `fetch` adds its own, and decompresses the response. */
export function raw(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body: string | Uint8Array = '',
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, async (response) =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(await response.toArray()),
      }),
    )
      .once('error', reject)
      .end(body);
  });
}
