import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DestroyKey, type Keys } from '#libs/kernel';

/** The keys of the service, to be asked for by name. */
export abstract class KeyStore {
  abstract readonly keys: Keys;
}

/** 销毁密钥: sent by a reaction to an erasure that is recorded already, and by nobody else. Repeating it changes nothing. */
@CommandHandler(DestroyKey)
export class DestroyKeyHandler implements ICommandHandler<DestroyKey, void> {
  constructor(@Inject(KeyStore) private readonly store: KeyStore) {}

  execute({ subject }: DestroyKey): Promise<void> {
    return this.store.keys.destroy(subject);
  }
}
