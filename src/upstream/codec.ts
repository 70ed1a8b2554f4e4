import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';

/** Finds numbers as member values or list items. A string that looks like one only makes reading slower. */
const containsNumber = /(?:"\s*:|[[,])\s*-?\d/;

/** Keeps a number that JavaScript cannot represent as its JSON source. */
function keepDigits(_name: string, value: unknown, context: { source: string }): unknown {
  return typeof value === 'number' && String(value) !== context.source ? JSON.rawJSON(context.source) : value;
}

/** Parses JSON without losing anything: members, nulls, and the digits of numbers. */
export function read(body: string | Uint8Array): unknown {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return containsNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

/**
 * A JSON codec that ignores the SDK's schemas. The SDK's own drops unknown members, in answers and again in requests,
 * and every explicit null, so a get followed by an update would erase any member that is newer than the SDK. This one
 * keeps unknown members, nulls, values outside an enum, and timestamps to the nanosecond; credentials, signing,
 * endpoints and typed errors stay the SDK's.
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
    // The option is typed as the SDK's own codec class, of which the protocol uses exactly these methods.
    super({ ...options, jsonCodec: passThrough as unknown as NonNullable<ProtocolOptions['jsonCodec']> });
  }
}
