import { ApolloProvider } from '@apollo/client/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Board } from './board.tsx';
import { client } from './client.ts';
import { Cost } from './cost.tsx';
import { Detail } from './detail.tsx';
import './page.css';

function App() {
  const [open, setOpen] = useState<string>();
  return (
    <>
      <header>
        <h1>Pipeline</h1>
        <Cost />
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
