/**
 * The AWS products that an opportunity can be associated with. AWS's API has no operation that lists them; AWS publishes
 * the list with its CRM integration samples (`source` and `date` in the file), and may accept newer codes.
 */
import list from './aws-products.json' with { type: 'json' };

export type AwsProduct = { code: string; name: string | null; serviceFamily: string | null };

const products: readonly AwsProduct[] = list.products.map(([code = '', name = '', serviceFamily = '']) => ({
  code,
  name,
  serviceFamily,
}));
const byCode: ReadonlyMap<string, AwsProduct> = new Map(products.map((product) => [product.code, product]));

/** The product with a code; only the code if the list does not have it. */
export const awsProductOf = (code: string): AwsProduct =>
  byCode.get(code) ?? { code, name: null, serviceFamily: null };

/**
 * The products of these codes, in their order, or else of the list; with `search` those whose code, name or service
 * family contains it, in any case.
 */
export function findAwsProducts({
  search,
  codes,
}: {
  search?: string | null | undefined;
  codes?: readonly string[] | null | undefined;
}): readonly AwsProduct[] {
  const among = codes ? [...new Set(codes)].map(awsProductOf) : products;
  const words = search?.trim().toLowerCase();
  if (!words) return among;
  return among.filter((product) =>
    [product.code, product.name, product.serviceFamily].some((text) => text?.toLowerCase().includes(words)),
  );
}
