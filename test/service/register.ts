import { developmentOrgans } from '#libs/law';

/** The development register by the names a reader knows. */
const { organs, persons, appointments } = developmentOrgans();

const found = <T>(item: T | undefined, name: string): T => {
  if (item === undefined) throw new Error(`the development register has no ${name}`);
  return item;
};

export const organ = (name: string): string =>
  found(
    organs.find((candidate) => candidate.name === name),
    name,
  ).id;

export const person = (account: string): string =>
  found(
    persons.find((candidate) => candidate.account === account),
    account,
  ).id;

/** The appointment an account holds last. */
export const appointment = (account: string) =>
  found(appointments.filter((held) => held.person === person(account)).at(-1), `appointment of ${account}`);

/** 行为人: the holder of an account, in the appointment held last. */
export const by = (account: string): { person: string; organ: string; post: string } => {
  const { organ: at, post } = appointment(account);
  return { person: person(account), organ: at, post };
};
