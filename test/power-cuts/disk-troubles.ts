export const diskTroubles = async (): Promise<string[]> => []
