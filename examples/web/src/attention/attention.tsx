import { Page } from '../shell/page.tsx';

export function Attention() {
  return <Page title="Attention">{null}</Page>;
}
