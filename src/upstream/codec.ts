import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';

/** A number as an unquoted member value or list item. Strings that look alike only cost the slower way of reading. */
const holdsNumber = /(?:"\s*:|[[,])\s*-?\d/;

/** Keeps a number that a JavaScript number cannot hold as the text that it was. */
function keepDigits(_name: string, value: unknown, context: { source: string }): unknown {
  return typeof value === 'number' && String(value) !== context.source ? JSON.rawJSON(context.source) : value;
}

/** JSON text → value, with nothing lost: members, nulls, and the digits of a number. */
export function read(body: string | Uint8Array): unknown {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return holdsNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

/**
 * A JSON codec that does not look at the SDK's schemas. The SDK's own drops every member that it does not know, on the
 * way in and again on the way out, and every explicit null, so that a get and an update through it erase what a newer
 * AWS has added. This one keeps unknown members, nulls, values outside of an enum, and timestamps to the nanosecond;
 * credentials, signing, endpoints and typed errors stay the SDK's.
 */
const passThrough = {
  setSerdeContext() {},
  createSerializer() {
    let body = '';
    return {
      setSerdeContext() {},
      write(_schema: unknown, value: unknown) {
        body = JSON.stringify(value);
      },
      flush: () => body,
    };
  },
  createDeserializer: () => ({
    setSerdeContext() {},
    read: (_schema: unknown, body: string | Uint8Array) => read(body),
    readObject: (_schema: unknown, value: unknown) => value,
  }),
};

type ProtocolOptions = ConstructorParameters<typeof AwsJson1_0Protocol>[0];

/** AWS's awsJson1_0 protocol with JSON passed through untouched. */
export class PassThroughProtocol extends AwsJson1_0Protocol {
  constructor(options: ProtocolOptions) {
    // The option is typed as the SDK's own codec class; what the protocol calls of it is exactly the above.
    super({ ...options, jsonCodec: passThrough as unknown as NonNullable<ProtocolOptions['jsonCodec']> });
  }
}
