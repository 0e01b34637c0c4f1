// Reads all integrations of the server at an address 16 times at once, with GitBook's own client,
// and tells how many.
import { GitBookAPI } from '@gitbook/api';

const gitbook = new GitBookAPI({ endpoint: process.argv[2] });

async function list() {
    let count = 0;
    let page;
    do {
        const { data } = await gitbook.integrations.listIntegrations({ limit: 100, page });
        count += data.items.filter((item) => item.name !== '').length;
        page = data.next?.page;
    } while (page);
    return count;
}

const counts = await Promise.all(Array.from({ length: 16 }, list));
console.log(counts.reduce((sum, count) => sum + count));
