import { Page } from '../shell/page.tsx';

export function Bulk() {
  return <Page title="Bulk edit">{null}</Page>;
}
