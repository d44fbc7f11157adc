// People read in Hindi what they agree to, also where there is no font for it; others never load these.
import '@fontsource/noto-sans-devanagari/devanagari-400.css';
import '@fontsource/noto-sans-devanagari/devanagari-700.css';
import '../look/tokens.css';
import '../look/parts.css';
import './shell/shell.css';
import './words/words.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { Toasts } from '../look/toasts.js';
import { createQueryClient } from './api/queries.js';
import { FaultBoundary } from './shell/fault-boundary.js';
import { useHashLocation } from './shell/hash-location.js';
import { readAnewWhereReplaced } from './shell/read-anew.js';
import { Shell } from './shell/shell.js';

readAnewWhereReplaced();

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <Toasts>
        <FaultBoundary>
          <Router hook={useHashLocation}>
            <Shell />
          </Router>
        </FaultBoundary>
      </Toasts>
    </QueryClientProvider>
  </StrictMode>,
);
