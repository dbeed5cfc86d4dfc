import type { Appointed } from '../simulation.js';
import { by } from '../story.js';

/** 情形: the material is the other organ's by the division of powers. */
export const ground = (needed: string, why: string, holder: string): object => ({
  code: 'XM-9-2',
  particulars: [
    { name: 'neededMaterials', text: needed },
    { name: 'whyNotHeld', text: why },
    { name: 'holder', text: holder },
  ],
});

/** 台账 of the side of `officer`, with what every entry names. */
export const registerEntry = (entryNumber: string, officer: Appointed, more: object): object => ({
  entryNumber,
  documentName: '协助函',
  supervised: false,
  responsible: [{ ...by(officer), contact: '0592-0000000' }],
  ...more,
});
