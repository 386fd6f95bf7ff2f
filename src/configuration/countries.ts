// Countries as the providers' server lists name them: Gluetun compares whole names, regardless of case.

const names = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

export const mullvadCountries = names(
  `Albania, Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Chile, Colombia, Croatia, Cyprus,
  Czech Republic, Denmark, Estonia, Finland, France, Germany, Greece, Hong Kong, Hungary, Indonesia, Ireland, Israel,
  Italy, Japan, Malaysia, Mexico, Netherlands, New Zealand, Nigeria, Norway, Peru, Philippines, Poland, Portugal,
  Romania, Serbia, Singapore, Slovakia, Slovenia, South Africa, Spain, Sweden, Switzerland, Thailand, Turkey, UK,
  Ukraine, USA`,
);

export const ivpnCountries = names(
  `Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Croatia, Czech Republic, Denmark, Finland, France,
  Germany, Greece, Hong Kong, Hungary, Iceland, Ireland, Israel, Italy, Japan, Luxembourg, Malaysia, Mexico,
  Netherlands, Norway, Peru, Poland, Portugal, Romania, Serbia, Singapore, Slovakia, South Africa, Spain, Sweden,
  Switzerland, Taiwan, Ukraine, United Kingdom, United States`,
);

export const fastestvpnCountries = names(
  `Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Colombia, Czech Republic, Denmark, Finland, France, Germany,
  Greece, Hong Kong, Hungary, India, Ireland, Italy, Japan, Luxembourg, Malaysia, Mexico, Netherlands, Norway, Poland,
  Portugal, Romania, Russia, Serbia, South Africa, South Korea, Spain, Sweden, Switzerland, Turkey, UK, Ukraine, USA`,
);

/** Every country and territory, by the names that the lists of the other providers use. */
export const worldCountries = names(
  `Afghanistan, Aland Islands, Albania, Algeria, American Samoa, Andorra, Angola, Anguilla, Antarctica,
  Antigua and Barbuda, Argentina, Armenia, Aruba, Australia, Austria, Azerbaijan, Bahamas, Bahrain, Bangladesh,
  Barbados, Belarus, Belgium, Belize, Benin, Bermuda, Bhutan, Bolivia, Bonaire, Bosnia and Herzegovina, Botswana,
  Bouvet Island, Brazil, British Indian Ocean Territory, British Virgin Islands, Brunei, Brunei Darussalam, Bulgaria,
  Burkina Faso, Burundi, Cambodia, Cameroon, Canada, Cape Verde, Cayman Islands, Central African Republic, Chad, Chile,
  China, Christmas Island, Cocos Islands, Colombia, Comoros, Congo, Cook Islands, Costa Rica, Cote d'Ivoire, Croatia,
  Cuba, Curacao, Cyprus, Czech Republic, Democratic Republic of the Congo, Denmark, Djibouti, Dominica,
  Dominican Republic, Ecuador, Egypt, El Salvador, Equatorial Guinea, Eritrea, Estonia, Ethiopia, Falkland Islands,
  Faroe Islands, Fiji, Finland, France, French Guiana, French Polynesia, French Southern Territories, Gabon, Gambia,
  Georgia, Germany, Ghana, Gibraltar, Greece, Greenland, Grenada, Guadeloupe, Guam, Guatemala, Guernsey, Guinea,
  Guinea-Bissau, Guyana, Haiti, Heard Island and McDonald Islands, Honduras, Hong Kong, Hungary, Iceland, India,
  Indonesia, Iran, Iraq, Ireland, Isle of Man, Israel, Italy, Jamaica, Japan, Jersey, Jordan, Kazakhstan, Kenya,
  Kiribati, Korea, Kuwait, Kyrgyzstan, Lao People's Democratic Republic, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya,
  Liechtenstein, Lithuania, Luxembourg, Macao, Macau, Macedonia, Madagascar, Malawi, Malaysia, Maldives, Mali, Malta,
  Marocco, Marshall Islands, Martinique, Mauritania, Mauritius, Mayotte, Mexico, Micronesia, Moldova, Monaco, Mongolia,
  Montenegro, Montserrat, Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, New Caledonia, New Zealand,
  Nicaragua, Niger, Nigeria, Niue, Norfolk Island, North Macedonia, Northern Mariana Islands, Norway, Oman, Pakistan,
  Palau, Panama, Papua New Guinea, Paraguay, Peru, Philippines, Pitcairn, Poland, Portugal, Puerto Rico, Qatar, Reunion,
  Romania, Russia, Russian Federation, Rwanda, Saint Barthelemy, Saint Helena, Saint Kitts and Nevis, Saint Lucia,
  Saint Martin, Saint Pierre and Miquelon, Saint Vincent and the Grenadines, Samoa, San Marino, Sao Tome and Principe,
  Saudi Arabia, Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Sint Maarten, Slovakia, Slovenia, Solomon Islands,
  Somalia, South Africa, South Georgia and the South Sandwich Islands, South Korea, South Sudan, Spain, Sri Lanka,
  Sudan, Suriname, Svalbard and Jan Mayen, Swaziland, Sweden, Switzerland, Syria, Syrian Arab Republic, Taiwan,
  Tajikistan, Tanzania, Thailand, Timor-Leste, Togo, Tokelau, Tonga, Trinidad and Tobago, Tunisia, Turkey, Turkmenistan,
  Turks and Caicos Islands, Tuvalu, US Virgin Islands, Uganda, Ukraine, United Arab Emirates, United Kingdom,
  United States, United States Minor Outlying Islands, Uruguay, Uzbekistan, Vanuatu, Vatican City State, Venezuela,
  Vietnam, Wallis and Futuna, Western Sahara, Yemen, Zambia, Zimbabwe`,
);
