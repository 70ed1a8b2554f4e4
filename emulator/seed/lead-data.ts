/** Leads of fictional companies, as AWS shares them and as a partner enters them. */
export type SeededLead = {
  company: string;
  industry: string;
  country: string;
  city: string;
  /** Who asked, with first and last name and title. */
  contact: readonly [first: string, last: string, title: string];
  source: readonly [type: string, name: string];
  usecase: string;
  problem: string;
  segment: string;
  /** Default: none, as for a new lead. */
  status?: string;
  /** How many days ago it was created or shared. */
  days: number;
};

/** Those that AWS shares: two are open, of which one expires tomorrow, two are accepted, and one has expired. */
export const sharedLeads: readonly (SeededLead & { answer?: 'ACCEPTED' | 'EXPIRED' })[] = [
  {
    company: 'Brightwater Dairy',
    industry: 'Consumer Goods',
    country: 'NZ',
    city: 'Hamilton',
    contact: ['Tala', 'Hollenby', 'Head of Supply Chain'],
    source: ['Webinar', 'Cold chains on AWS'],
    usecase: 'Analytics',
    problem: 'Trucks report their temperature once a day, too late to save a load of milk.',
    segment: 'Medium',
    days: 2,
  },
  {
    company: 'Castellan Insurance',
    industry: 'Financial Services',
    country: 'IE',
    city: 'Cork',
    contact: ['Emre', 'Vantrell', 'Claims Director'],
    source: ['Download', 'Mainframe guide'],
    usecase: 'Migration',
    problem: 'The claims system runs on a mainframe whose lease ends next year.',
    segment: 'Large',
    days: 14,
  },
  {
    company: 'Orchard Valley Schools',
    industry: 'Education',
    country: 'US',
    city: 'Boise',
    contact: ['Nia', 'Fennbrook', 'IT Manager'],
    source: ['Event', 'Public sector day'],
    usecase: 'Security',
    problem: 'Forty schools share one firewall, and a restore has never been tried.',
    segment: 'Small',
    status: 'Qualified',
    days: 20,
    answer: 'ACCEPTED',
  },
  {
    company: 'Nordlys Shipping',
    industry: 'Transportation and Logistics',
    country: 'NO',
    city: 'Bergen',
    contact: ['Sven', 'Corvane', 'Fleet Systems Lead'],
    source: ['Trial', 'IoT workshop'],
    usecase: 'IoT',
    problem: 'Engine data stays on board until a ship is in port.',
    segment: 'Enterprise',
    days: 9,
    answer: 'ACCEPTED',
  },
  {
    company: 'Quarry Lane Games',
    industry: 'Gaming',
    country: 'GB',
    city: 'Leeds',
    contact: ['Omar', 'Pellarin', 'Producer'],
    source: ['Contact form', 'aws.example'],
    usecase: 'Game servers',
    problem: 'Launch weekends need ten times the servers of any other week.',
    segment: 'Small',
    days: 17,
    answer: 'EXPIRED',
  },
];

/** Those of the partner itself, from new to disqualified. */
export const ownLeads: readonly SeededLead[] = [
  {
    company: 'Helix Laboratories',
    industry: 'Life Sciences',
    country: 'CH',
    city: 'Basel',
    contact: ['Zoe', 'Estelmark', 'Head of Research Computing'],
    source: ['Event', 'Spring fair'],
    usecase: 'High performance computing',
    problem: 'Simulations wait three days for a slot on the cluster in the cellar.',
    segment: 'Large',
    days: 4,
  },
  {
    company: 'Larkfield Utilities',
    industry: 'Energy - Power and Utilities',
    country: 'GB',
    city: 'Norwich',
    contact: ['Quinn', 'Alderwick', 'Metering Manager'],
    source: ['Referral', 'A customer'],
    usecase: 'Data lake',
    problem: 'Smart meters send more than the data warehouse can load in a night.',
    segment: 'Large',
    status: 'Qualified',
    days: 11,
  },
  {
    company: 'Pomelo Hotels',
    industry: 'Travel',
    country: 'PT',
    city: 'Porto',
    contact: ['Rosa', 'Quillmere', 'Operations Director'],
    source: ['Website', 'partner.example'],
    usecase: 'Contact center',
    problem: 'Guests wait for twelve minutes on the telephone in the season.',
    segment: 'Medium',
    status: 'Disqualified',
    days: 30,
  },
];
