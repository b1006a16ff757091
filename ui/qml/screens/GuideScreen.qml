pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// The whole guide of one item, one readable section at a time.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property GuideController guide: kiosk.guide
    readonly property SpecimensController papers: kiosk.specimens
    readonly property bool amongPapers: guide.section === "papers"
    readonly property bool looking: amongPapers && papers.shown !== ""
    // What the first print button prints: the paper looked at, else the list.
    readonly property PrintedPaper paper: looking ? papers.paper : guide.paper
    readonly property PrintedPaper failed: !looking && guide.wholePaper.cause !== "" ? guide.wholePaper : paper
    readonly property bool printing: paper.state === "printing" || guide.wholePaper.state === "printing"

    plain: true
    title: GsWords.both(guide.name, guide.nameEn, GsTheme.english)
    subtitle: GsTheme.compact && GsTheme.elder ? "" : GsWords.both(guide.summary, guide.summaryEn, GsTheme.english)
    primaryText: guide.takenHere ? qsTr("我要办理") : ""
    onBack: kiosk.visit.go("home")
    backText: qsTr("返回首页")
    onPrimary: kiosk.visit.go("apply")
    extras: [
        GsButton {
            objectName: "printGuide"
            visible: !screen.amongPapers || screen.looking
            text: screen.looking && screen.paper.state === "idle" ? qsTr("打印这一张") : GsWords.printing(screen.paper.state)
            iconName: screen.paper.state === "printed" ? "check" : "printer"
            enabled: !screen.printing
            onClicked: screen.looking ? screen.papers.print() : screen.guide.print()
        },
        GsButton {
            objectName: "printWholeGuide"
            visible: !screen.amongPapers
            text: screen.guide.wholePaper.state === "idle" ? qsTr("打印指南") : GsWords.printing(screen.guide.wholePaper.state)
            iconName: screen.guide.wholePaper.state === "printed" ? "check" : "printer"
            enabled: !screen.printing
            onClicked: screen.guide.printWhole()
        },
        GsButton {
            objectName: "guideWrong"
            text: qsTr("指南有错")
            iconName: "message-circle"
            onClicked: screen.kiosk.visit.go("feedback")
        }
    ]

    GridLayout {
        parent: screen.stage
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        columns: GsTheme.portrait ? 1 : 2
        columnSpacing: 0
        rowSpacing: GsTheme.gap

        GsTabs {
            Layout.fillWidth: GsTheme.portrait
            Layout.fillHeight: !GsTheme.portrait
            Layout.rightMargin: GsTheme.portrait ? GsTheme.margin : 0
            Layout.preferredWidth: GsTheme.px(GsTheme.elder ? 380 : 320)
            tabs: screen.guide.sections
            current: screen.guide.section
            onOpened: section => {
                screen.papers.show("");
                screen.guide.open(section);
            }
        }
        GsScroll {
            objectName: "guideScroll"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: GsTheme.portrait ? -GsTheme.margin : -GsTheme.margin + GsTheme.gapLarge

            GsBanner {
                objectName: "guidePrintBanner"
                visible: screen.failed.cause !== ""
                Layout.fillWidth: true
                mood: "warn"
                iconName: "printer-off"
                text: screen.failed.cause
                action: screen.failed.action
            }
            GsFacts {
                Layout.fillWidth: true
                guide: screen.guide
            }
            GsSpecimens {
                visible: screen.amongPapers
                Layout.fillWidth: true
                papers: screen.papers
            }
            Repeater {
                model: screen.amongPapers ? null : screen.guide.rows
                GsParagraph {
                    Layout.fillWidth: true
                }
            }
            GsText {
                Layout.fillWidth: true
                text: screen.guide.verified ? qsTr("指南内容截至 %1").arg(GsWords.day(screen.guide.asOf)) : qsTr("演示数据，内容截至 %1，请以当地部门公布的为准").arg(GsWords.day(screen.guide.asOf))
                role: "small"
                soft: true
            }
        }
    }
}
