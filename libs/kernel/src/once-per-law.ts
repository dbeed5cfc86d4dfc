/**
 * What `make` makes of a state under a law, made once for as long as the same state is asked about under the same law: rows,
 * due-index and turns of a case all begin with it. States and laws are values, so the same object is the same answer.
 */
export function oncePerLaw<State extends object, Law, Made>(
  make: (state: State, law: Law) => Made,
): (state: State, law: Law) => Made {
  const last = new WeakMap<State, { readonly law: Law; readonly made: Made }>();
  return (state, law) => {
    const known = last.get(state);
    if (known?.law === law) return known.made;
    const made = make(state, law);
    last.set(state, { law, made });
    return made;
  };
}
