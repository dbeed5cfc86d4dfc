export { DrawFixedFrame } from './commands.js';
export * from './facts.js';
export { refusals as samplingRefusals } from './refusals.js';
export { noSample, type Sample } from './sample-state.js';
export { sampling } from './system.js';
export { SamplingModule } from './sampling.module.js';
