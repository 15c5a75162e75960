// The package's public face: every contract of a boundary, types and codecs only.
export * from './codec.ts';
export * from './control.ts';
export * from './diagnostics.ts';
export * from './editor/index.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './flow.ts';
export * from './layout.ts';
export * from './manifest.ts';
export * from './names.ts';
export * from './numbers.ts';
export * from './output-log.ts';
export * from './record.ts';
export * from './states.ts';
export * from './tags.ts';
export * from './worker-wire.ts';
export * from './world.ts';
