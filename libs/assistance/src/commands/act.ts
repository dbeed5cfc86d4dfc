import {
  ByWhom,
  Code,
  Documents,
  OccurredAt,
  Optional,
  Part,
  Parts,
  Text,
  Integer,
  type Command,
  type DocumentPart,
  type Occurrence,
} from '#libs/kernel';

/**
 * What may be asked to be recorded. Each class is the body of its request; the case it is about stands in the path.
 * `by` is who performed or signed the act on paper, who need not be the person recording it.
 */
export abstract class Recording implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Optional() @Documents() documents?: DocumentPart[];
}

export abstract class Act extends Recording {
  @Optional() @Part('行为人', () => ByWhom) by?: ByWhom;
}

/** 应载明的要素: what a code asks to be told beside itself. */
export class ParticularPart {
  @Code('要素名称') name!: string;
  @Text('要素内容') text!: string;
}

/** 情形代码. A code that stands for 其他 needs a note. */
export class GroundPart {
  @Code('情形代码') code!: string;
  @Optional() @Text('情形说明', 500) note?: string;
  @Optional() @Parts('应载明的要素', () => ParticularPart, 20) particulars?: ParticularPart[];
}

/** 辅助和佐证资料. */
export class MaterialPart {
  @Text('资料名称', 200) name!: string;
  @Integer('份数', 1, 100_000) copies!: number;
}
