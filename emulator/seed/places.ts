export type Place = {
  CountryCode: string;
  City: string;
  PostalCode?: string;
  StateOrRegion?: string;
  StreetAddress: string;
  /** A prefix reserved for fiction, or as close to that as the country has. */
  phone: string;
};

const unitedStates = (
  City: string,
  StateOrRegion: string,
  PostalCode: string,
  StreetAddress: string,
): Place => ({
  CountryCode: 'US',
  City,
  StateOrRegion,
  PostalCode,
  StreetAddress,
  phone: '+120255501',
});

/** Streets are made up; cities, states and postal codes match. */
export const places: readonly Place[] = [
  unitedStates('Seattle', 'Washington', '98109', '410 Ferry Terminal Way'),
  unitedStates('Portland', 'Oregon', '97205', '12 Bridge Quarter'),
  unitedStates('San Diego', 'California', '92101', '880 Harbor Steps'),
  unitedStates('Austin', 'Texas', '78701', '77 Limestone Row'),
  unitedStates('Denver', 'Colorado', '80202', '1500 Granary Street'),
  unitedStates('Chicago', 'Illinois', '60606', '233 Lakeshore Arcade'),
  unitedStates('Boston', 'Massachusetts', '02110', '9 Ropewalk Lane'),
  unitedStates('New York', 'New York', '10013', '65 Foundry Place'),
  unitedStates('Arlington', 'Virginia', '22202-1234', '300 Signal Hill'),
  unitedStates('Washington', 'Dist. of Columbia', '20005', '14 Registry Square'),
  unitedStates('Atlanta', 'Georgia', '30303', '21 Turntable Yard'),
  unitedStates('Honolulu', 'Hawaii', '96813', '5 Reef Passage'),
  {
    CountryCode: 'CA',
    City: 'Toronto',
    PostalCode: 'M5V 2T6',
    StreetAddress: '40 Grain Elevator Road',
    phone: '+141655501',
  },
  {
    CountryCode: 'GB',
    City: 'Manchester',
    PostalCode: 'M1 1AE',
    StreetAddress: '7 Weavers Yard',
    phone: '+4416149600',
  },
  {
    CountryCode: 'IE',
    City: 'Dublin',
    PostalCode: 'D02 X285',
    StreetAddress: '18 Cooper Quay',
    phone: '+353209130',
  },
  {
    CountryCode: 'DE',
    City: 'Hamburg',
    PostalCode: '20457',
    StreetAddress: 'Speicherweg 12',
    phone: '+494066969',
  },
  {
    CountryCode: 'FR',
    City: 'Lyon',
    PostalCode: '69002',
    StreetAddress: '3 quai des Tisserands',
    phone: '+331990012',
  },
  {
    CountryCode: 'NL',
    City: 'Utrecht',
    PostalCode: '3511 AB',
    StreetAddress: 'Molenkade 31',
    phone: '+318501234',
  },
  {
    CountryCode: 'ES',
    City: 'Valencia',
    PostalCode: '46002',
    StreetAddress: 'Calle del Azahar 8',
    phone: '+349000055',
  },
  {
    CountryCode: 'IT',
    City: 'Torino',
    PostalCode: '10121',
    StreetAddress: 'Via dei Tornitori 4',
    phone: '+390110055',
  },
  {
    CountryCode: 'SE',
    City: 'Göteborg',
    PostalCode: '411 03',
    StreetAddress: 'Varvsgatan 16',
    phone: '+463139006',
  },
  {
    CountryCode: 'PL',
    City: 'Gdańsk',
    PostalCode: '80-831',
    StreetAddress: 'ul. Żaglowa 2',
    phone: '+485800055',
  },
  {
    CountryCode: 'CH',
    City: 'Zürich',
    PostalCode: '8005',
    StreetAddress: 'Giessereistrasse 9',
    phone: '+414400055',
  },
  {
    CountryCode: 'JP',
    City: 'Osaka',
    PostalCode: '530-0001',
    StreetAddress: 'Kita-ku Umeda 1-2',
    phone: '+816000055',
  },
  {
    CountryCode: 'KR',
    City: 'Busan',
    PostalCode: '48058',
    StreetAddress: '15 Dockside-ro',
    phone: '+825100055',
  },
  {
    CountryCode: 'IN',
    City: 'Pune',
    PostalCode: '411001',
    StreetAddress: '22 Mill Compound',
    phone: '+912000055',
  },
  {
    CountryCode: 'SG',
    City: 'Singapore',
    PostalCode: '018956',
    StreetAddress: '10 Lighter Quay',
    phone: '+656000055',
  },
  {
    CountryCode: 'AU',
    City: 'Melbourne',
    PostalCode: '3000',
    StreetAddress: '61 Tram Lane',
    phone: '+613555001',
  },
  {
    CountryCode: 'NZ',
    City: 'Wellington',
    PostalCode: '6011',
    StreetAddress: '4 Wharf Terrace',
    phone: '+644000055',
  },
  {
    CountryCode: 'BR',
    City: 'Curitiba',
    PostalCode: '80010-010',
    StreetAddress: 'Rua das Araucárias 90',
    phone: '+554100055',
  },
  {
    CountryCode: 'MX',
    City: 'Monterrey',
    PostalCode: '64000',
    StreetAddress: 'Calle Fundidora 33',
    phone: '+528100055',
  },
  {
    CountryCode: 'ZA',
    City: 'Cape Town',
    PostalCode: '8001',
    StreetAddress: '27 Sailmaker Street',
    phone: '+272100055',
  },
  { CountryCode: 'AE', City: 'Dubai', StreetAddress: 'Pearl Creek Tower 2', phone: '+971400055' },
  { CountryCode: 'HK', City: 'Hong Kong', StreetAddress: '88 Lantern Street', phone: '+852300055' },
];
