import '../look/tokens.css';
import '../look/parts.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Loading } from '../look/words.js';

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <Loading what="Opening the camera" />
  </StrictMode>,
);
