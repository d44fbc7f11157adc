export * from './bus.listener.js';
export * from './campus.js';
export * from './code-picture.js';
export * from './gateway.client.js';
export * from './kiosk.client.js';
export * from './people.js';
export * from './scenes.js';
