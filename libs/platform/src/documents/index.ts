export * from './document-folder.js';
export * from './document-store.js';
export { declaredIn, endingsOf, MEDIA_NAMES } from './media-types.js';
