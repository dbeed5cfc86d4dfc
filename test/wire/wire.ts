import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService, type IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Access, type Account } from './access.js';
import { BatchAppending } from './batch-appending.js';
import { makeCertificates, type Certificates } from './certificates.js';
import { gossip, supportedMethods } from './cluster-calls.js';
import type { Desk, Member } from './desk.js';
import { Faults } from './faults.js';
import { makeNoise } from './noise.js';
import { read } from './read-calls.js';
import { Store } from './store.js';
import type { Endpoint } from './wire-error.js';
import { append, softDelete, tombstone } from './writing.js';

export interface WireOptions {
  /** Another node's store, for nodes of one cluster. */
  readonly store?: Store;
  /** Encrypts with a certificate of a private authority. Needed for accounts: clients send no password without it. */
  readonly tls?: boolean;
  readonly accounts?: Readonly<Record<string, Account>>;
  /** Others write to the store too, and projections run. */
  readonly noise?: boolean;
  /** Bytes; default 1 MiB. */
  readonly maxAppendBytes?: number;
  /** Events a live subscriber may lag before it is dropped; default any number. A real server has 32. */
  readonly liveBuffer?: number;
  /** What gossip tells; default this node alone, as leader. */
  readonly members?: () => readonly Member[];
}

const HOST = '127.0.0.1';
const MESSAGE_BYTES_MAX = 17 * 1024 * 1024;

/** Starts a server on a free loopback port. */
export async function startWire(options: WireOptions = {}): Promise<Wire> {
  const wire = new Wire(options);
  await wire.listen();
  return wire;
}

/**
 * 线路替身: a server in this process that speaks EventStoreDB's protocol over a log in memory, with the server's rules for
 * expectations, repeats, deletion and subscriptions, and with faults a test can arm. For tests only: nothing is durable.
 */
export class Wire {
  readonly faults: Faults;
  readonly access: Access;
  readonly store: Store;
  /** When set, this node is a follower: it refuses calls that require the leader and forwards other writes. */
  leader: Endpoint | undefined;
  /** How far the server's clock is ahead of this machine's, milliseconds. */
  clockSkewMs = 0;
  readonly host = HOST;
  #port = 0;
  #listener: NetServer | undefined;
  #outage: NodeJS.Timeout | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #droppers = new Set<() => void>();
  readonly #stopping = new AbortController();
  readonly #server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES_MAX });
  readonly #certificates: Certificates | undefined;
  readonly #injector: ReturnType<Server['createConnectionInjector']>;
  readonly #silence: () => void;

  constructor(private readonly options: WireOptions) {
    this.store = options.store ?? new Store(() => Date.now() + this.clockSkewMs);
    this.faults = new Faults(() => this.store.log.at(-1)?.position ?? 0n);
    this.access = new Access(options.accounts);
    this.#silence = options.noise ? makeNoise(this.store) : () => undefined;
    this.#certificates = options.tls ? makeCertificates() : undefined;
    addServices(this.#server, this.#desk());
    this.#injector = this.#server.createConnectionInjector(credentialsOf(this.#certificates));
  }

  get port(): number {
    return this.#port;
  }

  get listening(): boolean {
    return this.#listener !== undefined;
  }

  /** For a client that presents the first account, if there are any. */
  get connectionString(): string {
    const [first] = Object.entries(this.options.accounts ?? {});
    return this.connectionStringAs(first?.[0], first?.[1].password);
  }

  connectionStringAs(user?: string, password = ''): string {
    const credentials = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
    const tls = this.#certificates ? `true&tlsCAFile=${this.#certificates.caFile}` : 'false';
    return `esdb://${credentials}${HOST}:${this.#port}?tls=${tls}`;
  }

  /** Accepts connections, on the same port as before. What a restarted server forgets is forgotten. */
  async listen(): Promise<void> {
    if (this.#listener) return;
    this.store.forgetRecent();
    const listener = createServer((socket) => this.#accept(socket));
    this.#listener = listener;
    listener.listen(this.#port, HOST);
    await once(listener, 'listening');
    this.#port = (listener.address() as AddressInfo).port;
  }

  /** Closes the port and cuts every connection, as when the process is killed. The store stays. */
  async stopListening(): Promise<void> {
    const listener = this.#listener;
    if (!listener) return;
    this.#listener = undefined;
    listener.close();
    this.cut();
    await once(listener, 'close');
  }

  /** The port is closed from now on for `ms`. */
  async unavailableFor(ms: number): Promise<void> {
    await this.stopListening();
    this.#outage = setTimeout(() => void this.listen(), ms);
  }

  /** Destroys every connection; new ones are accepted. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends every open subscription as too slow. */
  dropSubscriptions(): void {
    for (const drop of this.#droppers) drop();
  }

  /** Ends everything; nothing of it keeps the process alive. */
  async stop(): Promise<void> {
    clearTimeout(this.#outage);
    this.#stopping.abort();
    this.#silence();
    await this.stopListening();
    this.#injector.destroy();
    this.#server.forceShutdown();
    this.#certificates?.remove();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    this.#injector.injectConnection(socket);
  }

  #desk(): Desk {
    const { maxAppendBytes = 1024 * 1024, liveBuffer = Infinity, members } = this.options;
    return {
      store: this.store,
      faults: this.faults,
      access: this.access,
      maxAppendBytes,
      liveBuffer,
      leader: () => this.leader,
      members: members ?? (() => [{ host: HOST, port: this.#port, state: 'leader', alive: true }]),
      stopping: this.#stopping.signal,
      droppers: this.#droppers,
      cutConnectionOf: (peer) => {
        for (const socket of this.#sockets)
          if (peer === `${socket.remoteAddress}:${socket.remotePort}`) socket.destroy();
      },
    };
  }
}

const credentialsOf = (certificates: Certificates | undefined): ServerCredentials =>
  certificates
    ? ServerCredentials.createSsl(null, [{ private_key: certificates.key, cert_chain: certificates.certificate }])
    : ServerCredentials.createInsecure();

function addServices(server: Server, desk: Desk): void {
  const streams: IStreamsServer = {
    read: (call) => read(desk, call),
    append: (call, reply) => append(desk, call, reply),
    batchAppend: (call) => void new BatchAppending(desk, call),
    delete: (call, reply) => softDelete(desk, call, reply),
    tombstone: (call, reply) => tombstone(desk, call, reply),
  };
  server.addService(StreamsService, streams);
  server.addService(GossipService, { read: gossip(desk) });
  server.addService(ServerFeaturesService, { getSupportedMethods: supportedMethods(desk) });
}
