import type { FastifyInstance } from 'fastify';

/** Which methods each address takes, gathered as the routes are made: for a 405 that names them (RFC 9110 section 15.5.6). */
export class Methods {
  private readonly routes: { readonly address: RegExp; readonly methods: readonly string[] }[] = [];

  /** Before the first route is made. */
  gatherFrom(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      this.routes.push({ address: addressOf(url), methods: [method].flat() });
    });
  }

  /** The methods taken at `url`, its query aside; none where there is no such address. */
  at(url: string): readonly string[] {
    const [path = ''] = url.split('?', 1);
    const taken = this.routes.filter(({ address }) => address.test(decoded(path))).flatMap(({ methods }) => methods);
    return [...new Set(taken)].sort();
  }
}

/** `/v1/assistance/:id` and `/docs/*` as a router reads them. */
const addressOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replaceAll('*', '.*')}$`,
  );

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
