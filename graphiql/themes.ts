/**
 * GraphiQL's themes of its editors, with colours of enough contrast for comments and numbers. Monaco's themes cannot be
 * extended, only replaced, so what the page needs of GraphiQL's colours is repeated.
 */

interface Theme {
  base: 'vs' | 'vs-dark';
  inherit: boolean;
  colors: Record<string, string>;
  rules: { token: string; foreground: string }[];
}

const transparent = '#ffffff00';

function colors(background: string, accent: string): Record<string, string> {
  const widgets = ['editorHoverWidget', 'editorSuggestWidget', 'editorWidget', 'menu', 'quickInput'];
  return {
    'editor.background': transparent,
    'scrollbar.shadow': transparent,
    focusBorder: accent,
    'textLink.foreground': accent,
    'editorLink.activeForeground': accent,
    'list.highlightForeground': accent,
    'list.focusHighlightForeground': accent,
    'editorSuggestWidget.selectedForeground': accent,
    'editorSuggestWidget.selectedBackground': `${accent}19`,
    'list.hoverBackground': `${accent}19`,
    ...Object.fromEntries(widgets.map((widget) => [`${widget}.background`, background])),
  };
}

/** Replaces the themes; Monaco shows the change at once. */
export function defineThemes(editor: { defineTheme: (name: string, theme: Theme) => void }): void {
  editor.defineTheme('graphiql-LIGHT', {
    base: 'vs',
    inherit: true,
    colors: colors('#ffffff', '#d60590'),
    rules: [
      { token: 'argument.identifier.gql', foreground: '6c69ce' },
      { token: 'number', foreground: '077048' },
    ],
  });
  editor.defineTheme('graphiql-DARK', {
    base: 'vs-dark',
    inherit: true,
    colors: colors('#212a3b', '#ff5794'),
    rules: [
      { token: 'argument.identifier.gql', foreground: '908aff' },
      { token: 'comment', foreground: '8cc76f' },
    ],
  });
}
