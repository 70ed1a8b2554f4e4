/** Options of the editors for which GraphiQL has no property. */
import { useGraphiQL, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';
import { defineThemes } from './themes.ts';

/** What uses Escape for itself while it is open. */
const widgets = [
  'suggestWidgetVisible',
  'findWidgetVisible',
  'parameterHintsVisible',
  'hasMultipleSelections',
];

/**
 * Long lines are wrapped, as in the response: a cut comment or value is not readable. Escape leaves an editor, in which
 * Tab indents, so that the keyboard alone reaches all of the page. Enter is GraphiQL's own key to return.
 */
export function EditorOptions() {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    headerEditor: state.headerEditor,
    responseEditor: state.responseEditor,
  }));
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (monaco) defineThemes(monaco.editor);
  }, [monaco]);
  useEffect(() => {
    const editors = [queryEditor, variableEditor, headerEditor, responseEditor];
    const actions = editors.map((editor) => {
      editor?.updateOptions({ wordWrap: 'on' });
      return editor?.addAction({
        id: 'leave-editor',
        label: 'Leave the Editor',
        keybindings: monaco ? [monaco.KeyCode.Escape] : [],
        precondition: widgets.map((name) => `!${name}`).join(' && '),
        run: () => editor.getContainerDomNode().focus(),
      });
    });
    return () => {
      for (const action of actions) action?.dispose();
    };
  }, [queryEditor, variableEditor, headerEditor, responseEditor, monaco]);
  return null;
}
