import { asked } from '#libs/kernel';
import { flagRows } from './flag-rows.js';

/** 承办人: where no act names one, or the register names none of those who acted. Step by step: a case's own custody. */
export const unnamedHandlers = asked({
  name: 'unnamed-handlers',
  asks: '哪些案件的受理或者办理没有具名的承办人，或者台账所列与实际承办人不符？',
  restsOn: { checks: ['namedHandler', 'acceptedBySomebody', 'registerOfficers'] },
  ...flagRows(['handlerNotNamed', 'acceptorNotNamed', 'registerHandlerUnlisted']),
});
