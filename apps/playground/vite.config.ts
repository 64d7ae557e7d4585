import { defineConfig, type Plugin } from 'vite';

/** Lets the page share memory with its threads, so that training uses several. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Nothing but what comes with the page: no other server is asked, no code is made from strings. Blobs are the threads of the CRF. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The development server puts styles and scripts into the page itself; only what is built has the policy. */
const withPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  // The built page works in any folder of any server.
  base: './',
  plugins: [withPolicy],
  server: { headers },
  preview: { headers, host: '127.0.0.1' },
  worker: { format: 'es' },
  // From these on browsers have light-dark().
  build: { target: 'es2022', cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
});
