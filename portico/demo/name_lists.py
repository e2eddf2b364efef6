"""Names as they are heard in a California waiting room: first and last names by where they come from.

Accents stand where they belong; `names` decides how often a record keeps them.
"""

from typing import NamedTuple


class Origin(NamedTuple):
    """Names that go together: how common in percent, women's, men's, last names; how often two last names."""

    share: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    last: tuple[str, ...]
    doubled: float = 0.0


def _origin(share: int, women: str, men: str, last: str, doubled: float = 0.0) -> Origin:
    return Origin(share, _listed(women), _listed(men), _listed(last), doubled)


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))


ORIGINS: tuple[Origin, ...] = (
    _origin(
        24,
        "María, Guadalupe, Sofía, Valentina, Camila, Lucía, Ximena, Daniela, Alejandra, Rosa, Elena, "
        "Marisol, Beatriz, Inés, Pilar, Soledad, Ángela, Yolanda, Araceli, Itzel",
        "José, Juan, Luis, Carlos, Miguel, Ángel, Jesús, Diego, Mateo, Andrés, Ramón, Raúl, Óscar, "
        "Héctor, Joaquín, Rubén, Martín, Iván, César, Emiliano",
        "García, Hernández, López, Martínez, González, Rodríguez, Pérez, Sánchez, Ramírez, Torres, "
        "Flores, Rivera, Gómez, Díaz, Reyes, Cruz, Morales, Ortiz, Gutiérrez, Chávez, Ramos, Ruiz, "
        "Mendoza, Álvarez, Jiménez, Castillo, Vásquez, Romero, Moreno, Muñoz, Núñez, Peña, Ibáñez, "
        "De la Cruz, Del Río, Montaño, Ybarra, Zúñiga",
        0.25,
    ),
    _origin(
        22,
        "Emily, Sarah, Hannah, Abigail, Grace, Claire, Nora, Lillian, Margaret, Caroline, Eleanor, "
        "Rachel, Megan, Heather, Paige, Audrey, Ruth, Joan, Dorothy, Harriet",
        "James, William, Henry, Thomas, Samuel, Jack, Owen, Wyatt, Caleb, Ethan, Nathan, Walter, Harold, "
        "Raymond, Dale, Russell, Glenn, Curtis, Neil, Stuart",
        "Smith, Johnson, Williams, Brown, Jones, Miller, Davis, Wilson, Anderson, Taylor, Thomas, Moore, "
        "Martin, Thompson, White, Harris, Clark, Lewis, Walker, Hall, Young, King, Wright, Hill, Green, "
        "Baker, Nelson, Carter, Mitchell, Turner, Parker, Collins, Bell, Cooper, Ward, Brooks, Sanders, "
        "Price, Bennett, Hughes, Whitaker",
    ),
    _origin(
        6,
        "Aaliyah, Imani, Kiara, Tanisha, Latoya, Ebony, Jasmine, Nia, Monique, Keisha, Tiana, Deja",
        "Malik, Darnell, Terrell, Jamal, Marcus, Tyrone, Andre, Deshawn, Isaiah, Xavier, Reginald, Cedric",
        "Washington, Jefferson, Booker, Freeman, Gaines, Banks, Dorsey, Hairston, Mosley, Pettway, "
        "Batiste, Broussard, Toussaint, Mayfield, Rivers, Singletary",
    ),
    _origin(
        6,
        "Mei, Xiu Ying, Li Na, Wen, Jia, Hui, Yan, Fang, Xiaoling, Yuet Wah, Siu Fong, Pei",
        "Wei, Jun, Ming, Hao, Cheng, Jian, Kwok Keung, Chi Ming, Bo, Zhen, Yong, Da Wei",
        "Wang, Li, Zhang, Chen, Liu, Huang, Zhao, Wu, Zhou, Xu, Wong, Chan, Lam, Leung, Ng, Cheung, Yip, "
        "Kwan, Au, Ouyang, Szeto, Lü",
    ),
    _origin(
        6,
        "Linh, Thu, Hạnh, Mai, Lan, Phương, Ngọc, Trang, Thảo, Kim Anh, Bích, Hồng",
        "Minh, Tuấn, Hùng, Dũng, Quang, Anh, Khoa, Phúc, Đức, Long, Bảo, Thành",
        "Nguyễn, Trần, Lê, Phạm, Huỳnh, Hoàng, Phan, Vũ, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý",
    ),
    _origin(
        6,
        "Maria Luz, Jocelyn, Rowena, Marites, Cristina, Analyn, Liza, Corazon, Imelda, Lourdes, Rhea",
        "Jose Mari, Rommel, Arnel, Ferdinand, Danilo, Rodel, Crisanto, Benigno, Efren, Joselito, Dante",
        "Santos, Reyes, Bautista, Ocampo, Dela Cruz, Aquino, Villanueva, Mangubat, Macaraeg, "
        "Dimaculangan, Pangilinan, Salonga, Catacutan, Magsaysay, Lacson, Tolentino",
    ),
    _origin(
        3,
        "Min Ji, Seo Yeon, Hye Jin, Eun Jung, Soo Ah, Yuna, Ji Won, Kyung Hee",
        "Min Jun, Seung Ho, Jae Hyun, Dong Wook, Sung Min, Hyun Woo, Ji Hoon, Kwang Soo",
        "Kim, Lee, Park, Choi, Jung, Kang, Cho, Yoon, Jang, Lim, Han, Shin, Seo, Kwon, Hwang, Namgung",
    ),
    _origin(
        3,
        "Aiko, Haruka, Yuki, Sakura, Emi, Michiko, Naoko, Keiko",
        "Kenji, Hiroshi, Takashi, Daichi, Shō, Ryōta, Makoto, Kaito",
        "Satō, Suzuki, Takahashi, Tanaka, Itō, Watanabe, Yamamoto, Nakamura, Kobayashi, Katō, Yoshida, "
        "Ōta, Shimizu, Fujiwara, Uyeda, Morimoto",
    ),
    _origin(
        5,
        "Priya, Ananya, Lakshmi, Kavita, Deepa, Neha, Harpreet, Gurleen, Meera, Sunita, Aditi, Jaspreet",
        "Arjun, Ravi, Sanjay, Vikram, Rahul, Harjit, Gurpreet, Anil, Suresh, Rohan, Amandeep, Karthik",
        "Patel, Singh, Kaur, Sharma, Gupta, Reddy, Iyer, Nair, Rao, Mehta, Desai, Gill, Dhillon, Sidhu, "
        "Krishnamurthy, Venkataraman, Bhattacharya, Chaudhry",
    ),
    _origin(
        3,
        "Fatima, Layla, Noor, Amira, Zaynab, Rania, Hala, Salma",
        "Omar, Yusuf, Samir, Khalid, Tariq, Bilal, Ziad, Hassan",
        "Haddad, Khoury, Al-Masri, Mansour, Nasser, Saleh, El-Amin, Hamdan, Aziz, Farouk, Al-Rashid, "
        "Qureshi, Malik, Abdallah, Boutros, Shaheen",
    ),
    _origin(
        2,
        "Shirin, Parisa, Nasrin, Mahsa, Laleh, Golnaz, Roya, Mitra",
        "Dariush, Reza, Kaveh, Farhad, Babak, Siamak, Cyrus, Navid",
        "Ahmadi, Hosseini, Moradi, Rezaei, Tehrani, Jafari, Karimi, Shirazi, Bakhtiari, Golestani, Zand",
    ),
    _origin(
        3,
        "Ani, Lusine, Anahit, Siranush, Araksi, Nare, Hasmik, Shoghig",
        "Armen, Hagop, Tigran, Vahe, Garo, Aram, Levon, Raffi",
        "Petrosyan, Sargsyan, Hovhannisyan, Grigoryan, Ter-Petrosian, Manukyan, Keshishian, Boghossian, "
        "Der Bedrosian, Avakian, Minasian, Zakarian",
    ),
    _origin(
        2,
        "Olga, Natalia, Svetlana, Tatiana, Oksana, Yelena, Irina, Lyudmila",
        "Dmitri, Sergei, Aleksandr, Vladimir, Mykola, Andriy, Oleg, Bohdan",
        "Ivanov, Petrenko, Kovalenko, Shevchenko, Volkov, Morozov, Sokolov, Bondarenko, Melnyk, "
        "Tkachenko, Zaitsev, Lysenko",
    ),
    _origin(
        2,
        "Agnieszka, Katarzyna, Małgorzata, Zofia, Zdenka, Jiřina, Ilona, Žaneta",
        "Tomasz, Paweł, Łukasz, Krzysztof, Jiří, Zoltán, László, Ondřej",
        "Kowalski, Wiśniewski, Wójcik, Łapiński, Nováková, Dvořák, Szabó, Kovács, Horváth, Tóth, Jovanović",
    ),
    _origin(
        2,
        "Siobhán, Niamh, Aoife, Gráinne, Maeve, Bríd, Fionnuala, Órla",
        "Seán, Ciarán, Pádraig, Declan, Eoin, Cormac, Fergus, Donal",
        "O'Brien, O'Connor, O'Neill, O'Sullivan, O'Leary, O'Malley, McCarthy, MacDonagh, Fitzgerald, "
        "D'Arcy, Byrne, Gallagher, Kavanagh, Doyle",
    ),
    _origin(
        2,
        "Giulia, Francesca, Noémie, Léa, Élodie, Zoë, Åsa, Ingrid, Käthe, Ulrike",
        "François, Étienne, Luca, Matteo, Jürgen, Søren, Björn, Günther, Anders, Thibault",
        "D'Angelo, Dell'Acqua, Rossi, Lefèvre, Müller, Schröder, Weiß, Sørensen, Åkesson, Lindström, "
        "Van der Berg, Von Hoffmann, Bäcker, Dubois-Lacroix, Öztürk, De Souza",
    ),
    _origin(
        2,
        "Adaeze, Ngozi, Chidinma, Abena, Akosua, Selam, Tigist, Wanjiru, Zawadi, Hodan",
        "Chukwuemeka, Obinna, Kwame, Kofi, Tesfaye, Dawit, Kamau, Juma, Abdi, Babatunde",
        "Okafor, Nwosu, Adeyemi, Okonkwo, Mensah, Boateng, Owusu, Tesfaye, Bekele, Haile, Mwangi, Otieno, "
        "Warsame, N'Diaye, M'Baye, Olúwaṣeun",
    ),
    _origin(
        1,
        "Leilani, Kalani, Sina, Malia, Losa, Talia, Mele, Ka'iulani",
        "Keoni, Tavita, Sione, Semisi, Makoa, Ioane, Kainoa, Viliami",
        "Kealoha, Faleafa, Tuiasosopo, Ka'ahumanu, Fifita, Tau'ili'ili, Kahale, Leota, Moala, Vaifale",
    ),
)
