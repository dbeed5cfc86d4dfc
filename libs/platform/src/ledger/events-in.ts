import { StreamNotFound, type EventLog, type LoggedEvent, type StreamName } from '#libs/kernel';

/** All events of `stream`; none when it does not exist. @throws LogUnavailable; IntegrityBroken. */
export async function eventsIn(log: EventLog, stream: StreamName): Promise<readonly LoggedEvent[]> {
  try {
    return await log.readStream(stream);
  } catch (error) {
    if (error instanceof StreamNotFound) return [];
    throw error;
  }
}
