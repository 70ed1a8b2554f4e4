import { ApolloProvider } from '@apollo/client/react';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Board } from './board.tsx';
import { client, onBill } from './client.ts';
import { Detail } from './detail.tsx';
import './page.css';

/** What the last answer has cost: every call of AWS is one of ten a second for the whole company. */
function Bill() {
  const [text, setText] = useState('');
  useEffect(
    () =>
      onBill(({ calls, cached }) => {
        const spent = Object.entries(calls).map(([name, count]) => `${count} × ${name}`);
        setText(
          `Last answer: ${spent.join(', ') || 'no call of AWS'}${cached ? `, ${cached} from memory` : ''}`,
        );
      }),
    [],
  );
  return <output className="bill">{text}</output>;
}

function App() {
  const [open, setOpen] = useState<string>();
  return (
    <>
      <header>
        <h1>Pipeline</h1>
        <Bill />
      </header>
      <main>
        <Board onOpen={setOpen} />
        {open && <Detail key={open} id={open} onClose={() => setOpen(undefined)} />}
      </main>
    </>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <ApolloProvider client={client}>
        <App />
      </ApolloProvider>
    </StrictMode>,
  );
