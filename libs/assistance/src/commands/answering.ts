import {
  Code,
  Id,
  Integer,
  OccurredAt,
  OneOf,
  Optional,
  Parts,
  Text,
  YesNo,
  type Command,
  type Occurrence,
  type Uuid,
} from '#libs/kernel';
import { INABILITY_KINDS, type InabilityKind } from '../facts/index.js';
import { Act, ParticularPart } from './act.js';

/** 提供协助. */
export class ProvideAssistance extends Act {
  /** 当场提供; false when left out. */
  @Optional() @YesNo('是否当场提供') onSpot?: boolean;
  @Text('实际协助范围') performedScope!: string;
  @Optional() @Id('署名机关') signedInNameOf?: Uuid;
  @Optional() @Text('文号', 100) documentNumber?: string;
}

/** 书面反馈. */
export class GiveFeedback extends Act {
  @Optional() @Text('协助工作事项') matter?: string;
  @Optional() @Text('协助开展过程') course?: string;
  @Optional() @Text('协助结论或者结果') result?: string;
  @Optional() @Text('其他应当说明的情况') other?: string;
  @Optional() @Text('文号', 100) documentNumber?: string;
}

/** 告知不能按要求、不能按期或者不能提供协助. */
export class NotifyInability extends Act {
  @OneOf('不能的种类', INABILITY_KINDS) kind!: InabilityKind;
  @Optional() @Code('事由代码') cause?: string;
  @Optional() @Text('事由说明', 500) causeNote?: string;
  @Optional() @Parts('应载明的要素', () => ParticularPart, 20) particulars?: ParticularPart[];
  @Optional() @Code('违反的程序规则') violatedRule?: string;
  @Optional() @Text('理由') reason?: string;
  @Optional() @Text('书面告知文号', 100) documentNumber?: string;
}

/** 退回的资料. */
export class ReturnedMaterialPart {
  @Id('移交资料的事实') handedOver!: Uuid;
  @Integer('资料序号', 0, 10_000) item!: number;
  @Integer('份数', 1, 100_000) copies!: number;
}

/** 退回辅助和佐证资料. */
export class ReturnMaterials extends Act {
  @Parts('退回的资料', () => ReturnedMaterialPart) returned!: ReturnedMaterialPart[];
  @Optional() @Text('签收', 200) receipt?: string;
}

/** 提请监督人员复核: of the service itself, by a reaction. It has no route. */
export class RequestReview implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  /** The notice that is to be looked at. */
  @Id('须复核的告知') about!: Uuid;
}

/** 声明未收到移交的资料. */
export class DeclareNoMaterials extends Act {}
