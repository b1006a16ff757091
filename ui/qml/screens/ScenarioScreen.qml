pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// One plain question at a time; each answer shortens the list of what to bring.
GsCasePage {
    id: screen

    readonly property ScenarioController scenario: kiosk.scenario

    title: GsWords.both(scenario.question, scenario.questionEn, GsTheme.english)
    subtitle: scenario.help !== "" ? scenario.help : scenario.count > 1 ? qsTr("第 %1 个问题，共 %2 个").arg(scenario.index + 1).arg(scenario.count) : ""
    goBack: () => scenario.index > 0 ? scenario.back() : kiosk.visit.go("back")
    backVisible: scenario.index > 0 || kiosk.visit.canGoBack

    Repeater {
        model: screen.scenario.choices
        GsChoice {
            required property string choice
            required property string name
            required property string nameEn
            Layout.fillWidth: true
            objectName: "choice_" + choice
            text: GsWords.both(name, nameEn, GsTheme.english)
            chosen: choice === screen.scenario.chosen
            onClicked: screen.scenario.choose(choice)
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
