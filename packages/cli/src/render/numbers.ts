// Numbers in the terminal are written as in the editors.
export { formatBytes, formatDuration, formatWhen } from '@headwater/protocol';
