/*
 * The lists of the measure, copied by hand: what each article names, and whether it ends in 等 or 其他. Where the text has no
 * list (proofs of delivery, forms, what a ground is to say) the names are the product's.
 */
const LISTS: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  grounds: [
    'XM-9-1 XM-9-2 XM-9-3 XM-9-4 XM-9-5 XM-10-1 XM-10-2 XM-11-1 XM-11-2 XM-11-3 XM-11-4',
    'XM-9-6 XM-10-3 XM-11-5',
  ],
  matterClasses: ['ordinary execution investigation opinion', ''],
  durations: ['temporary phased longTerm', ''],
  forms: ['written agreed emergency other', ''],
  deliveryProofs: ['stamp systemLog callNote', 'other'],
  emergencyGrounds: ['publicSafety personalSafety evidenceMayBeLost evidenceHardLater', 'other'],
  emergencyChannels: ['oral phone video fax email', 'other'],
  inabilityCauses: ['XM-12-1 XM-12-2 XM-12-3 XM-12-4 XM-12-5 XM-13-1 XM-13-2', 'other'],
  particulars: [
    'provision whyNotAlone neededMaterials whyNotHeld holder economy measure authorisation opinionSubject interest harm ' +
      'urgency justification alternativeOrgan impairedDuty resources violatedLaw harmedInterest',
    '',
  ],
};

/** 情形紧迫: grounds with which a refusal is to be looked at by a supervisor (recommended reading 14 of libs/assistance/README.md). */
export const PRESSING: readonly string[] = ['XM-10-1', 'XM-10-2', 'XM-11-3'];

const words = (text = ''): readonly string[] => text.split(' ').filter((word) => word !== '');

export const codesOf = (list: string): readonly string[] => LISTS[list]?.flatMap(words) ?? [];
export const isCode = (list: string, code: string): boolean => codesOf(list).includes(code);
export const isOpen = (list: string, code: string): boolean => words(LISTS[list]?.[1]).includes(code);

/** Some rules, and whether a person decides on them or the record itself shows whether they were kept. */
export const RULES: Readonly<Record<string, 'judged' | 'shown'>> = {
  'XM-2-3': 'judged',
  'XM-4-1': 'judged',
  'XM-6-3': 'judged',
  'XM-9-1': 'judged',
  'XM-12-2': 'judged',
  'XM-13-1': 'judged',
  'XM-16-6': 'judged',
  'XM-15-0': 'judged',
  'XM-16-7': 'judged',
  'XM-21-1': 'shown',
  'XM-28-1': 'shown',
};
