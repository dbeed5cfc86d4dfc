import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isUuid, type CaseSystem, type Command } from '#libs/kernel';
import { emptyEditionShelf, packId, type EditionFact, type EditionShelf, type LawBook } from '#libs/law';
import {
  Desk,
  disclose,
  Fault,
  Http,
  LawShelf,
  newestIn,
  purposeFrom,
  ReadingRoom,
  Reads,
  Records,
  single,
  StateRoom,
} from '#libs/platform';
import type { Disclosed, Exchange, LawInHand, Told } from '#libs/platform';
import * as commands from './commands.js';
import { editionRequestPage, packPage, packsPage } from './pages.js';

/** The packs as a system of this program, which knows what it can do of them. */
export abstract class RulePacks {
  abstract readonly system: CaseSystem<EditionShelf, EditionFact, LawBook>;
}

/** 规则包 over HTTP: an edition is proposed by one person, another approves or refuses it. */
@ApiTags('law 法律数据')
@Controller('v1/law/packs')
export class PacksController {
  @Inject(RulePacks) private readonly packs!: RulePacks;

  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(StateRoom) private readonly room: StateRoom,
    @Inject(ReadingRoom) private readonly reading: ReadingRoom,
    @Inject(LawShelf) private readonly law: LawShelf,
  ) {}

  @Records({
    path: ':code/editions',
    command: commands.ProposePackEdition,
    fact: 'RulePackEditionRequested',
    says: '申请发布规则包的新版次，或者自另一日起施行的规则',
  })
  propose(
    @Body() command: commands.ProposePackEdition,
    @Http() http: Exchange,
    @Param('code') code: string,
  ): Promise<Told> {
    return this.record(Object.assign(command, { code }), http, code);
  }

  @Records({
    path: ':code/approvals',
    command: commands.ApprovePackEdition,
    fact: 'RulePackEditionApproved',
    says: '准予发布规则包版次（须由另一人决定）',
    seen: true,
  })
  approve(
    @Body() command: commands.ApprovePackEdition,
    @Http() http: Exchange,
    @Param('code') code: string,
  ): Promise<Told> {
    return this.record(command, http, code);
  }

  @Records({
    path: ':code/refusals',
    command: commands.RefusePackEdition,
    fact: 'RulePackEditionRefused',
    says: '规则包版次不予发布（须由另一人决定）',
    seen: true,
  })
  refuse(
    @Body() command: commands.RefusePackEdition,
    @Http() http: Exchange,
    @Param('code') code: string,
  ): Promise<Told> {
    return this.record(command, http, code);
  }

  @Reads({ path: '', name: 'listPacks', says: '在手的规则包版次，以及待决定的申请', answers: 'LawPackList' })
  all(@Http() http: Exchange): Promise<Disclosed<object>> {
    return this.standing('law/packs', http, ({ book }) => packsPage(book.shelves?.editions ?? emptyEditionShelf));
  }

  @Reads({ path: ':code', name: 'getPack', says: '规则包的版次和申请', answers: 'LawPack' })
  pack(@Param('code') code: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(code, http, (shelf) => packPage(shelf, this.law.book.organs));
  }

  @Reads({
    path: ':code/editions/:id',
    name: 'getPackEdition',
    says: '一项规则包版次的申请，连同全文',
    answers: 'LawPackEdition',
  })
  edition(@Param('code') code: string, @Param('id') id: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(code, http, ({ requests }) => {
      const asked = isUuid(id) ? requests.get(id) : undefined;
      if (!asked) throw new Fault('ENTRY_NOT_FOUND');
      return editionRequestPage(asked, this.law.book.organs);
    });
  }

  @Reads({
    path: ':code/commands/:command',
    name: 'getPackCommand',
    says: '命令是否已入账',
    answers: 'CommandStatus',
  })
  command(
    @Param('code') code: string,
    @Param('command') command: string,
    @Http() http: Exchange,
  ): Promise<Disclosed<object>> {
    return this.reading.command(this.packs.system, this.known(code), command, http);
  }

  /** Of all packs at once, as this process has them in hand. */
  private standing(
    what: string,
    { caller, request, reply }: Exchange,
    build: (law: LawInHand) => object,
  ): Promise<Disclosed<object>> {
    const purpose = purposeFrom(single(request.headers['kesu-purpose'])) ?? 'handling';
    return disclose({ recorder: caller.recorder, purpose, what }, () => {
      const position = newestIn(this.law.inHand.places);
      void reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
      return Promise.resolve({ position, ...build(this.law.inHand) });
    });
  }

  private page(code: string, http: Exchange, build: (shelf: EditionShelf) => object): Promise<Disclosed<object>> {
    return this.room.page(this.packs.system, this.known(code), http, { build });
  }

  private async record(command: Command, http: Exchange, code: string): Promise<Told> {
    const id = this.known(code);
    // A text without a day of effect has no stream until a place is to adopt it.
    const opens = command instanceof commands.ProposePackEdition && this.law.revisionOf(id) === -1;
    return this.desk.record(command, http, () => `/v1/law/packs/${code}`, { id, opens });
  }

  /** Of other packs this program would not know the rules. @throws Fault */
  private known(code: string): ReturnType<typeof packId> {
    const id = packId(code);
    if (this.law.revisionOf(id) === undefined) throw new Fault('PACK_UNKNOWN', { values: { code } });
    return id;
  }
}
