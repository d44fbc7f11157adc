// Hindi is shown also on a bare Linux kiosk, which has no font for it; others never load these.
import '@fontsource/noto-sans-devanagari/devanagari-400.css';
import '@fontsource/noto-sans-devanagari/devanagari-700.css';
import '../look/tokens.css';
import '../look/parts.css';
import './kiosk.css';
import './door.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Kiosk } from './kiosk.js';

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <Kiosk />
  </StrictMode>,
);
