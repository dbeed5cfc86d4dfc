import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isUuid, type Command, type Relation } from '#libs/kernel';
import { REGISTER_ID, type OrganRegister } from '#libs/law';
import {
  Desk,
  Fault,
  Http,
  Identity,
  ReadingRoom,
  Reads,
  Records,
  StateRoom,
  type Disclosed,
  type Exchange,
  type Told,
} from '#libs/platform';
import { changePage, changesPage, type Looking } from './change-pages.js';
import * as commands from './commands.js';
import { orCursorFault } from './organs.controller.js';
import { registerPage } from './pages.js';
import { seesAllChanges } from './policy.js';
import { ChangesQuery } from './queries.js';
import { organRegister } from './system.js';

const lookingBy = ({ caller }: Exchange, relation: Relation, register: OrganRegister): Looking => ({
  recorder: caller.recorder,
  seesAll: seesAllChanges(relation, caller.viewer, register),
});
const place = (): string => '/v1/register';
const ASKS = 'RegisterChangeRequested';
const ASKS_DELEGATION = 'DelegationChangeRequested';

/** 登记变更 over HTTP: what is asked for is a noun; another person's approval or refusal decides. */
@ApiTags('register 登记变更')
@Controller('v1/register')
export class RegisterController {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(StateRoom) private readonly register: StateRoom,
    @Inject(ReadingRoom) private readonly room: ReadingRoom,
    @Inject(Identity) private readonly identity: Identity,
  ) {}

  @Records({ path: 'organs', command: commands.RegisterOrgan, fact: ASKS, says: '申请登记机关' })
  registerOrgan(@Body() command: commands.RegisterOrgan, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({ path: 'organ-changes', command: commands.ChangeOrgan, fact: ASKS, says: '申请变更机关：更名、改隶、层级' })
  changeOrgan(@Body() command: commands.ChangeOrgan, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({ path: 'organ-abolitions', command: commands.AbolishOrgan, fact: ASKS, says: '申请撤销或者并入机关' })
  abolishOrgan(@Body() command: commands.AbolishOrgan, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({ path: 'persons', command: commands.RegisterPerson, fact: ASKS, says: '申请登记人员' })
  async registerPerson(@Body() command: commands.RegisterPerson, @Http() http: Exchange): Promise<Told> {
    return this.record(await this.digested(command), http);
  }

  @Records({ path: 'renamings', command: commands.RenamePerson, fact: ASKS, says: '申请更改姓名' })
  renamePerson(@Body() command: commands.RenamePerson, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({ path: 'accounts', command: commands.LinkAccount, fact: ASKS, says: '申请关联账户' })
  async linkAccount(@Body() command: commands.LinkAccount, @Http() http: Exchange): Promise<Told> {
    return this.record(await this.digested(command), http);
  }

  @Records({ path: 'account-ends', command: commands.UnlinkAccount, fact: ASKS, says: '申请解除账户关联' })
  async unlinkAccount(@Body() command: commands.UnlinkAccount, @Http() http: Exchange): Promise<Told> {
    return this.record(await this.digested(command), http);
  }

  @Records({ path: 'appointments', command: commands.MakeAppointment, fact: ASKS, says: '申请登记任职' })
  makeAppointment(@Body() command: commands.MakeAppointment, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({ path: 'appointment-ends', command: commands.EndAppointment, fact: ASKS, says: '申请登记免职' })
  endAppointment(@Body() command: commands.EndAppointment, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({ path: 'delegations', command: commands.MakeDelegation, fact: ASKS_DELEGATION, says: '申请授权委托' })
  makeDelegation(@Body() command: commands.MakeDelegation, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({ path: 'delegation-ends', command: commands.EndDelegation, fact: ASKS_DELEGATION, says: '申请终止授权' })
  endDelegation(@Body() command: commands.EndDelegation, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({
    path: 'approvals',
    command: commands.ApproveRegisterChange,
    fact: 'RegisterChangeApproved',
    says: '准予变更',
    seen: true,
  })
  approve(@Body() command: commands.ApproveRegisterChange, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({
    path: 'refusals',
    command: commands.RefuseRegisterChange,
    fact: 'RegisterChangeRefused',
    says: '不予变更',
    seen: true,
  })
  refuse(@Body() command: commands.RefuseRegisterChange, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Reads({ path: '', name: 'getRegister', says: '登记册现状', answers: 'Register' })
  standing(@Http() http: Exchange): Promise<Disclosed<object>> {
    return this.register.page(organRegister, REGISTER_ID, http, { build: ({ register }) => registerPage(register) });
  }

  @Reads({
    path: 'changes',
    name: 'listRegisterChanges',
    says: '变更申请及其结果，最近的在前',
    answers: 'RegisterChangeList',
    query: ChangesQuery,
  })
  changes(@Query() { revision, ...query }: ChangesQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.register.page(organRegister, REGISTER_ID, http, {
      revision,
      build: ({ register }, relation) =>
        orCursorFault(() => changesPage(register, lookingBy(http, relation, register), query)),
    });
  }

  @Reads({ path: 'changes/:id', name: 'getRegisterChange', says: '一项变更申请', answers: 'RegisterChange' })
  change(@Param('id') id: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.register.page(organRegister, REGISTER_ID, http, {
      build: ({ register }, relation) => {
        const page = isUuid(id) ? changePage(register, id, lookingBy(http, relation, register)) : undefined;
        if (!page) throw new Fault('ENTRY_NOT_FOUND');
        return page;
      },
    });
  }

  @Reads({ path: 'commands/:command', name: 'getRegisterCommand', says: '命令是否已入账', answers: 'CommandStatus' })
  command(@Param('command') command: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.command(organRegister, REGISTER_ID, command, http);
  }

  private record(command: Command, http: Exchange): Promise<Told> {
    return this.desk.record(command, http, place, REGISTER_ID);
  }

  /** The command with the digest of its account, which is all that is decided on and recorded. */
  private async digested<C extends { account?: string; digest?: commands.AccountDigest }>(command: C): Promise<C> {
    const { account } = command;
    return account === undefined ? command : Object.assign(command, { digest: await this.identity.accountOf(account) });
  }
}
