import { Page } from '../shell/page.tsx';

export function Changes() {
  return <Page title="Changes">{null}</Page>;
}
