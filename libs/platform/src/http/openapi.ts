import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { schemaOf, type CommandType, type Question } from '#libs/kernel';
import { questionSchemas } from './question-schemas.js';
import { SCHEMAS } from './schemas.js';

export interface DescribedSystem {
  readonly decider: { readonly decisions: readonly { readonly command: CommandType }[] };
  readonly questions?: readonly Question[];
  readonly common?: { readonly decisions: readonly { readonly command: CommandType }[] };
}

/** The OpenAPI 3.1 document of the routes that are there, with the bodies the commands declare. */
export function openApiDocument(
  app: INestApplication,
  systems: readonly DescribedSystem[],
  mode: string | undefined,
): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('可溯 Kesu')
    .setDescription(
      `行政协助审计账本${mode === undefined ? '' : `（${mode}）`}：过程可溯、全程留痕、差错可纠、责任可追`,
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, about);
  const commands = systems.flatMap(({ decider, common }) =>
    [...decider.decisions, ...(common?.decisions ?? [])].map(({ command }) => command),
  );
  return {
    ...document,
    components: {
      ...document.components,
      schemas: {
        ...Object.fromEntries(commands.map((command) => [command.name, schemaOf(command)])),
        ...SCHEMAS,
        ...questionSchemas(systems.flatMap(({ questions = [] }) => questions)),
      },
    },
  };
}
