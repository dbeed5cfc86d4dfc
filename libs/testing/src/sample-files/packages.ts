/** A ZIP archive of these files, each stored as it is (PKWARE APPNOTE). */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let place = 0;
  for (const [name, content] of Object.entries(files)) {
    const [named, bytes] = [Buffer.from(name), Buffer.from(content)];
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(bytes.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(named.length, 22);
    const entry = Buffer.concat([Buffer.from('PK\u0003\u0004'), about, named, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(place, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), about, rest, named]));
    parts.push(entry);
    place += entry.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(place, 16);
  return Buffer.concat([...parts, listed, end]);
}

const SECTOR = 512;
const END = 0xfffffffe;
const TABLE = 0xfffffffd;

/**
 * A compound file (MS-CFB) whose directory has these names, four in each sector; `before` sectors of nothing stand in front
 * of it, so that its chain goes through as much of the table.
 */
export function compoundOf(names: readonly string[], before = 0): Buffer {
  const entries = ['Root Entry', ...names];
  const directorySectors = Math.ceil(entries.length / 4);
  const tables = Math.ceil((before + directorySectors) / 126);
  const first = tables + before;
  const table = Buffer.alloc(tables * SECTOR, 0xff);
  for (let n = 0; n < tables; n += 1) table.writeUInt32LE(TABLE, n * 4);
  for (let n = 0; n < directorySectors; n += 1)
    table.writeUInt32LE(n === directorySectors - 1 ? END : first + n + 1, (first + n) * 4);
  const header = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  for (const [place, value] of [
    [24, 0x3e],
    [26, 3],
    [28, 0xfffe],
    [30, 9],
    [32, 6],
  ] as const)
    header.writeUInt16LE(value, place);
  header.writeUInt32LE(tables, 44);
  header.writeUInt32LE(first, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(END, 60);
  header.writeUInt32LE(END, 68);
  header.fill(0xff, 76);
  for (let n = 0; n < tables; n += 1) header.writeUInt32LE(n, 76 + n * 4);
  const directory = Buffer.alloc(directorySectors * SECTOR);
  entries.forEach((name, n) => {
    directory.write(name, n * 128, 'utf16le');
    directory.writeUInt16LE((name.length + 1) * 2, n * 128 + 64);
    directory[n * 128 + 66] = n === 0 ? 5 : 2;
  });
  return Buffer.concat([header, table, Buffer.alloc(before * SECTOR), directory]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
