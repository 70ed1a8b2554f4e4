import { Page } from '../shell/page.tsx';

export function Create() {
  return <Page title="New opportunity">{null}</Page>;
}
