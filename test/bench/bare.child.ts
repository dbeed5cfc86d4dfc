import { open } from 'lmdb';
import { serve, type Stored } from './plain-endpoint.js';

/* The plain endpoint on LMDB, in a file of its own. */

// A commit is told only after its pages and its meta page are on disk, as in the service's log.
const events = open<Stored, [string, number]>(`${process.argv[2] ?? ''}/bare.mdb`, {
  encoding: 'json',
  overlappingSync: false,
});

void serve({
  load: (id) => events.getRange({ start: [id, 0], end: [id, Infinity] }).map(({ value }) => value),
  append: (id, event) => events.ifNoExists([id, event.revision], () => void events.put([id, event.revision], event)),
});
