import { DrawFixedFrame } from '#libs/supervision';
import { recordedAs } from '../../testing/src/specification/index.js';
import { citySupervisor } from '../../testing/src/specification/supervision-cases.js';
import { drawn, fixed, FIXED } from '../../testing/src/specification/sampling-cases.js';
import { whenAFrameIsFixedDrawTheSample } from './index.js';

const { then, when, category } = whenAFrameIsFixedDrawTheSample;

it('asks for the draw at the moment the frame was recorded, by the frame alone', () => {
  const [fact] = recordedAs([fixed()], citySupervisor);
  expect([category, when]).toEqual(['sample', 'SampleFrameFixed']);
  const at = { at: citySupervisor.now };
  expect(then(fact as never, undefined, citySupervisor.law)).toEqual(new DrawFixedFrame(at, FIXED, fixed().data));
});

it('asks for nothing else', () => {
  const [fact] = recordedAs([drawn()], citySupervisor);
  expect(then(fact as never, undefined, citySupervisor.law)).toBeUndefined();
});
