pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"
import "../components"

// Everything once more before it is handed in.
GsCasePage {
    id: screen

    title: qsTr("最后看一遍，没错就提交")
    subtitle: GsWords.both(kiosk.finish.itemName, kiosk.finish.itemNameEn, GsTheme.english)
    primaryText: qsTr("没错，提交")
    primaryIcon: "check"
    onPrimary: kiosk.finish.confirm()
    extras: [
        GsButton {
            objectName: "changeMaterials"
            text: qsTr("改材料")
            iconName: "files"
            enabled: !screen.busy
            onClicked: screen.kiosk.visit.go("change_materials")
        },
        GsButton {
            objectName: "changeAnswers"
            text: qsTr("改内容")
            iconName: "edit"
            enabled: !screen.busy
            onClicked: screen.kiosk.visit.go("change_answers")
        }
    ]

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
    Repeater {
        model: screen.kiosk.finish.sections
        GsCard {
            id: section
            required property string title
            required property var labels
            required property var values
            required property var masked
            Layout.fillWidth: true
            spacing: GsTheme.gapSmall
            padding: GsTheme.px(28)

            GsText {
                Layout.fillWidth: true
                text: section.title
                role: "lead"
                strong: true
            }
            Repeater {
                model: section.labels
                GsLine {
                    required property string modelData
                    required property int index
                    Layout.fillWidth: true
                    label: modelData
                    hidden: section.masked[index]
                    full: section.values[index]
                }
            }
        }
    }
}
