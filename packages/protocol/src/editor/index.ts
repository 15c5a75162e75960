export * from './artifacts.ts';
export * from './connection.ts';
export * from './methods.ts';
export * from './notebook.ts';
export * from './params.ts';
export * from './runs.ts';
