import { ApolloProvider } from '@apollo/client/react';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Board } from './board.tsx';
import { client, onCost } from './client.ts';
import { Detail } from './detail.tsx';
import './page.css';

/** The cost of the last response: every AWS call counts towards the quota of the whole company, ten per second. */
function LastCost() {
  const [text, setText] = useState('');
  useEffect(
    () =>
      onCost(({ calls, cached }) => {
        const spent = Object.entries(calls).map(([name, count]) => `${count} × ${name}`);
        setText(
          `Last response: ${spent.join(', ') || 'no AWS call'}${cached ? `, ${cached} from the cache` : ''}`,
        );
      }),
    [],
  );
  return <output className="cost">{text}</output>;
}

function App() {
  const [open, setOpen] = useState<string>();
  return (
    <>
      <header>
        <h1>Pipeline</h1>
        <LastCost />
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
