/** One kind of file the store takes. */
interface MediaType {
  /** Its name (RFC 6838), and the others that programs give it. */
  readonly names: readonly [string, ...string[]];
  /** Endings of file names; the first is given to a name that has none of them. */
  readonly endings: readonly [string, ...string[]];
}

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

/**
 * What offices send each other: papers and forms, scans and photographs, notes and tables as text, recordings of
 * telephone calls. An archive is not taken: nobody sees what is in it; its files are brought one by one.
 */
export const MEDIA_TYPES = {
  pdf: { names: ['application/pdf', 'application/x-pdf'], endings: ['.pdf'] },
  /** GB/T 33190. */
  ofd: { names: ['application/ofd', 'application/vnd.ofd', 'application/x-ofd'], endings: ['.ofd'] },
  docx: { names: [`${OPEN_XML}.wordprocessingml.document`], endings: ['.docx'] },
  xlsx: { names: [`${OPEN_XML}.spreadsheetml.sheet`], endings: ['.xlsx'] },
  pptx: { names: [`${OPEN_XML}.presentationml.presentation`], endings: ['.pptx'] },
  doc: {
    names: ['application/msword', 'application/wps-office.wps', 'application/wps-office.doc', 'application/kswps'],
    endings: ['.doc', '.wps'],
  },
  xls: {
    names: ['application/vnd.ms-excel', 'application/wps-office.et', 'application/wps-office.xls', 'application/kset'],
    endings: ['.xls', '.et'],
  },
  ppt: {
    names: ['application/vnd.ms-powerpoint', 'application/wps-office.dps', 'application/wps-office.ppt'],
    endings: ['.ppt', '.dps'],
  },
  png: { names: ['image/png'], endings: ['.png'] },
  jpeg: { names: ['image/jpeg', 'image/jpg', 'image/pjpeg'], endings: ['.jpg', '.jpeg'] },
  tiff: { names: ['image/tiff', 'image/tif'], endings: ['.tif', '.tiff'] },
  /** A table is told from other text by nothing but its name. */
  text: { names: ['text/plain', 'text/csv'], endings: ['.txt', '.csv'] },
  mp4: { names: ['video/mp4', 'application/mp4'], endings: ['.mp4'] },
  m4a: { names: ['audio/mp4', 'audio/x-m4a', 'audio/m4a'], endings: ['.m4a', '.mp4'] },
  mp3: { names: ['audio/mpeg', 'audio/mp3'], endings: ['.mp3'] },
  wav: { names: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'], endings: ['.wav'] },
  amr: { names: ['audio/amr'], endings: ['.amr'] },
} as const satisfies Readonly<Record<string, MediaType>>;

export type MediaKind = keyof typeof MEDIA_TYPES;

/** What a caller says who does not know (RFC 9110 section 8.3). */
const UNSAID = 'application/octet-stream';

/** The names under which a document may be brought, each once. */
export const MEDIA_NAMES: readonly string[] = [
  UNSAID,
  ...Object.values(MEDIA_TYPES).flatMap(({ names }) => names as readonly string[]),
];

/** The types as which documents are kept and sent, parameters aside: the first name of each kind. */
export const KEPT_TYPES: readonly string[] = Object.values(MEDIA_TYPES).map(({ names }) => names[0]);

/**
 * The media type a Content-Type says, without its parameters: `unsaid` when it says nothing of the file, undefined when
 * no such file is taken.
 */
export function declaredIn(contentType: string | undefined): string | undefined {
  const name = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? UNSAID;
  if (name === UNSAID) return 'unsaid';
  return MEDIA_NAMES.includes(name) ? name : undefined;
}

/** Whether a file of this kind may be called `name`. */
export const isName = (kind: MediaKind, name: string): boolean =>
  (MEDIA_TYPES[kind].names as readonly string[]).includes(name);

/** The endings a file may have whose media type, as it is stored, is `type`. */
export function endingsOf(type: string): readonly string[] {
  const name = type.split(';', 1)[0] ?? '';
  return Object.values(MEDIA_TYPES).find(({ names }) => names[0] === name)?.endings ?? ['.bin'];
}
