import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { apiFacts } from './build/api-facts.js';

/** Each set of pages is a build of its own: `vite build --mode console`, `--mode kiosk`. */
const bases = { console: '/', kiosk: '/kiosk/' } as const;

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => {
  const pages = mode === 'kiosk' ? 'kiosk' : 'console';
  return {
    root: folder(`src/${pages}`),
    base: bases[pages],
    // The icons of both, once they are installed as apps.
    publicDir: folder('src/look/public'),
    plugins: [react(), apiFacts()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder(`dist/${pages}`),
      emptyOutDir: true,
      target: 'es2023',
      // The pages' policy lets nothing in from `data:` but pictures.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
});
